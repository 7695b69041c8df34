use crate::Timestamp;
use ink::{
    env::{
        call::{build_call, ExecutionInput, Selector},
        CallFlags, DefaultEnvironment,
    },
    primitives::Hash,
};

/// The selector of a message that takes no arguments and returns `Result<(), _>`.
pub type Migration = [u8; 4];

/// Why code was not replaced, or its replacement not announced. Nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum UpgradeError {
    /// Only the owner may do this.
    CallerIsNotOwner,
    /// No upgrade is announced, or another one is.
    NotAnnounced,
    /// The notice is not over yet.
    TooEarly,
    /// The announcement was not acted upon in its time.
    Lapsed,
    /// The chain has no code of this hash.
    UnknownCode,
    /// The new code does not have the migration, or it trapped or returned an error.
    MigrationFailed,
}

/// What is to replace the code of a contract, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct AnnouncedUpgrade {
    /// The new code.
    pub code_hash: Hash,
    /// What the new code runs at once to take over the state.
    pub migration: Option<Migration>,
    /// The moment from which on the code can be replaced.
    pub ready: Timestamp,
    /// The moment from which on it cannot any more.
    pub lapses: Timestamp,
}

impl AnnouncedUpgrade {
    /// Whether the announcement has lapsed.
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        now >= self.lapses
    }
}

/// New code is announced, waits for the notice, and then can come for as long as the notice was.
///
/// The notice gives everybody time to read the new code, and to leave. An announcement lapses so
/// that an old one, which nobody remembers, cannot come as a surprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Upgrades {
    /// How long an upgrade is announced before it can come, in milliseconds.
    pub notice: Timestamp,
    /// The last announcement that was neither cancelled nor carried out. It may have lapsed.
    pub announced: Option<AnnouncedUpgrade>,
}

impl Upgrades {
    /// The longest notice that any deployment may choose: a year. Beyond, faults stay too long.
    pub const LONGEST_NOTICE: Timestamp = 365 * 24 * 3_600_000;

    /// Nothing announced. `None` unless the notice is from 1 to [`Self::LONGEST_NOTICE`].
    pub fn new(notice: Timestamp) -> Option<Self> {
        let sound = 0 < notice && notice <= Self::LONGEST_NOTICE;
        sound.then_some(Self {
            notice,
            announced: None,
        })
    }

    /// Announces new code in place of any earlier announcement; the notice begins now.
    pub fn announce(&mut self, code_hash: Hash, migration: Option<Migration>, now: Timestamp) {
        let ready = now.saturating_add(self.notice);
        self.announced = Some(AnnouncedUpgrade {
            code_hash,
            migration,
            ready,
            lapses: ready.saturating_add(self.notice),
        });
    }

    /// Takes the announcement back, also one that has lapsed.
    ///
    /// # Errors
    /// [`UpgradeError::NotAnnounced`].
    pub fn cancel(&mut self) -> Result<(), UpgradeError> {
        self.announced.take().ok_or(UpgradeError::NotAnnounced)?;
        Ok(())
    }

    /// Uses the announcement of `code_hash` up. Returns the migration that was announced with it.
    ///
    /// # Errors
    /// `NotAnnounced`, `TooEarly`, `Lapsed`.
    pub fn carry_out(
        &mut self,
        code_hash: &Hash,
        now: Timestamp,
    ) -> Result<Option<Migration>, UpgradeError> {
        let announced = self
            .announced
            .filter(|announced| announced.code_hash == *code_hash)
            .ok_or(UpgradeError::NotAnnounced)?;
        if announced.has_lapsed(now) {
            return Err(UpgradeError::Lapsed);
        }
        if now < announced.ready {
            return Err(UpgradeError::TooEarly);
        }
        self.announced = None;
        Ok(announced.migration)
    }

    /// Whether the code may be replaced by what is announced, now or later.
    pub fn is_announced(&self, now: Timestamp) -> bool {
        self.announced
            .is_some_and(|announced| !announced.has_lapsed(now))
    }
}

/// Replaces the code of the running contract and has the new code migrate its state, or does
/// nothing.
///
/// The migration is a call of the contract to itself: the chain runs the new code for it, as for
/// every call from here on. The old code, which runs to the end of this message, must have written
/// all of its changes before, and must not write the root cell after
/// (`allive_storage::finish` does not, where no inline field changed).
///
/// Success is nothing but the answer `Ok(())`. ink! reads the answer of a call that was undone like
/// any other, but its messages are undone exactly when they answer an error.
///
/// # Errors
/// `UnknownCode`, `MigrationFailed`. The caller must return them, so that the chain undoes all.
pub fn replace_code(code_hash: &Hash, migration: Option<Migration>) -> Result<(), UpgradeError> {
    ink::env::set_code_hash::<DefaultEnvironment>(code_hash)
        .map_err(|_| UpgradeError::UnknownCode)?;
    let Some(selector) = migration else {
        return Ok(());
    };
    let answer = build_call::<DefaultEnvironment>()
        .call(ink::env::account_id::<DefaultEnvironment>())
        .call_flags(CallFlags::ALLOW_REENTRY)
        .exec_input(ExecutionInput::new(Selector::new(selector)))
        // An error has content, which is left over here, and is an error all the more.
        .returns::<Result<(), ()>>()
        .try_invoke();
    match answer {
        Ok(Ok(Ok(()))) => Ok(()),
        _ => Err(UpgradeError::MigrationFailed),
    }
}

/// Announced upgrades as messages. The trait and `set_code_hash` are those of OpenBrush.
#[ink::trait_definition]
pub trait Upgradeable {
    /// The upgrade that was announced and neither cancelled nor carried out. It may have lapsed.
    #[ink(message)]
    fn announced_upgrade(&self) -> Option<AnnouncedUpgrade>;

    /// How long an upgrade is announced before it can come, in milliseconds.
    #[ink(message)]
    fn upgrade_notice(&self) -> u64;

    /// Announces that the code of hash `code_hash` will replace this contract's, in place of any
    /// earlier announcement. `migration` is the selector of the message by which the new code takes
    /// over the state. Owner only.
    ///
    /// # Errors
    /// `CallerIsNotOwner`.
    #[ink(message)]
    fn announce_upgrade(
        &mut self,
        code_hash: Hash,
        migration: Option<Migration>,
    ) -> Result<(), UpgradeError>;

    /// Takes an announcement back. Owner only.
    ///
    /// # Errors
    /// `CallerIsNotOwner`, `NotAnnounced`.
    #[ink(message)]
    fn cancel_upgrade(&mut self) -> Result<(), UpgradeError>;

    /// Replaces the code of this contract by the announced one and runs the announced migration, in
    /// one step. From the end of the notice on, for as long as the notice was. Owner only.
    ///
    /// # Errors
    /// `CallerIsNotOwner`, `NotAnnounced`, `Lapsed`, `TooEarly`, `UnknownCode`, `MigrationFailed`.
    #[ink(message)]
    fn set_code_hash(&mut self, new_code_hash: Hash) -> Result<(), UpgradeError>;
}

/// An upgrade was announced, or the announcement taken back: how it stands now.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpgradeChanged {
    /// What is announced.
    pub announced: Option<AnnouncedUpgrade>,
}

/// The announced code has replaced that of the contract.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgraded {
    /// The code that answers from now on.
    pub code_hash: Hash,
}
