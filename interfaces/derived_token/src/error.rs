use ink::{
    prelude::vec::Vec,
    scale::{Decode, Encode, Error, Input, Output},
};

/// Why a derived token refused.
///
/// On the wire it is the `PSP22Error` of the standard, as are all errors of a token: what the
/// standard has no word for is `Custom` with the name of the variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerivedError {
    /// The account holds less than that.
    InsufficientBalance,
    /// The spender may spend less than that.
    InsufficientAllowance,
    /// The token is frozen.
    Frozen,
    /// Only the factory may do this.
    NotFactory,
    /// More units than a number can count.
    SupplyTooLarge,
    /// A reason that no derived token of this suite gives.
    Other,
}

/// Places of the variants of `PSP22Error`.
const CUSTOM: u8 = 0;
const INSUFFICIENT_BALANCE: u8 = 1;
const INSUFFICIENT_ALLOWANCE: u8 = 2;
const ZERO_RECIPIENT: u8 = 3;
const ZERO_SENDER: u8 = 4;
const CHECK_FAILED: u8 = 5;

impl DerivedError {
    /// The reason that `Custom` carries; empty where the standard has a word of its own.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::InsufficientBalance | Self::InsufficientAllowance | Self::Other => "",
            Self::Frozen => "Frozen",
            Self::NotFactory => "NotFactory",
            Self::SupplyTooLarge => "SupplyTooLarge",
        }
    }
}

impl Encode for DerivedError {
    fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
        match self {
            Self::InsufficientBalance => dest.push_byte(INSUFFICIENT_BALANCE),
            Self::InsufficientAllowance => dest.push_byte(INSUFFICIENT_ALLOWANCE),
            _ => (CUSTOM, self.reason()).encode_to(dest),
        }
    }
}

impl Decode for DerivedError {
    fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
        Ok(match input.read_byte()? {
            CUSTOM => {
                let reason = Vec::<u8>::decode(input)?;
                let known = [Self::Frozen, Self::NotFactory, Self::SupplyTooLarge];
                let found = known
                    .into_iter()
                    .find(|error| error.reason().as_bytes() == reason);
                found.unwrap_or(Self::Other)
            }
            INSUFFICIENT_BALANCE => Self::InsufficientBalance,
            INSUFFICIENT_ALLOWANCE => Self::InsufficientAllowance,
            ZERO_RECIPIENT | ZERO_SENDER => Self::Other,
            CHECK_FAILED => {
                Vec::<u8>::decode(input)?;
                Self::Other
            }
            _ => return Err("no variant of PSP22Error".into()),
        })
    }
}

#[cfg(feature = "std")]
mod described {
    use super::DerivedError;
    use ink::scale_info::{Type, TypeInfo};

    /// The type that metadata shows.
    #[derive(TypeInfo)]
    #[scale_info(crate = ink::scale_info)]
    #[allow(dead_code)] // described, never made
    pub enum PSP22Error {
        Custom(String),
        InsufficientBalance,
        InsufficientAllowance,
        ZeroRecipientAddress,
        ZeroSenderAddress,
        SafeTransferCheckFailed(String),
    }

    impl TypeInfo for DerivedError {
        type Identity = PSP22Error;

        fn type_info() -> Type {
            PSP22Error::type_info()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DerivedError::{self, *};
    use ink::{
        scale::{DecodeAll, Encode},
        scale_info::{MetaType, PortableRegistry, Registry, TypeDef, TypeInfo},
    };
    use psp22::PSP22Error;

    #[test]
    fn errors_are_those_of_the_standard_to_the_byte() {
        let custom = |reason: &str| PSP22Error::Custom(reason.into());
        for (ours, theirs) in [
            (InsufficientBalance, PSP22Error::InsufficientBalance),
            (InsufficientAllowance, PSP22Error::InsufficientAllowance),
            (Frozen, custom("Frozen")),
            (NotFactory, custom("NotFactory")),
            (SupplyTooLarge, custom("SupplyTooLarge")),
        ] {
            assert_eq!(ours.encode(), theirs.encode());
            assert_eq!(
                DerivedError::decode_all(&mut &theirs.encode()[..]),
                Ok(ours)
            );
        }
    }

    #[test]
    fn whatever_else_a_token_refuses_for_is_understood_as_a_refusal() {
        for error in [
            PSP22Error::Custom("Paused".into()),
            PSP22Error::Custom(String::new()),
            PSP22Error::ZeroRecipientAddress,
            PSP22Error::ZeroSenderAddress,
            PSP22Error::SafeTransferCheckFailed("Frozen".into()),
        ] {
            let read = DerivedError::decode_all(&mut &error.encode()[..]);
            assert_eq!(read, Ok(Other), "{error:?}");
        }
        assert!(DerivedError::decode_all(&mut &[6][..]).is_err());
        let other = PSP22Error::decode_all(&mut &Other.encode()[..]);
        assert_eq!(other, Ok(PSP22Error::Custom(String::new())));
    }

    /// Variants, their places and what they carry, as metadata has them.
    fn described<T: TypeInfo + 'static>() -> Vec<(String, u8, Vec<String>)> {
        let mut registry = Registry::new();
        let id = registry.register_type(&MetaType::new::<T>()).id;
        let types = PortableRegistry::from(registry);
        let Some(TypeDef::Variant(variants)) = types.resolve(id).map(|found| &found.type_def)
        else {
            panic!("not an enum")
        };
        let variants = variants.variants.iter();
        let described = variants.map(|variant| {
            let fields = variant.fields.iter();
            let fields = fields.map(|field| format!("{:?}", types.resolve(field.ty.id)));
            (variant.name.clone(), variant.index, fields.collect())
        });
        described.collect()
    }

    #[test]
    fn metadata_describe_the_error_of_the_standard() {
        assert_eq!(described::<DerivedError>(), described::<PSP22Error>());
    }
}
