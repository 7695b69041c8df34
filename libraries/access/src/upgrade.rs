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

/// Why an upgrade was not announced or not carried out. Nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum UpgradeError {
    /// Only the owner may do this.
    CallerIsNotOwner,
    /// No upgrade is announced, or another one is.
    NotAnnounced,
    /// The notice is not over yet.
    TooEarly,
    /// The announcement lapsed before it was carried out.
    Lapsed,
    /// The chain has no code of this hash.
    UnknownCode,
    /// The new code lacks the migration, or the migration trapped or returned an error.
    MigrationFailed,
}

/// An announced upgrade of a contract's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct AnnouncedUpgrade {
    /// The new code.
    pub code_hash: Hash,
    /// The message by which the new code migrates the state.
    pub migration: Option<Migration>,
    /// The moment from which on the code can be replaced.
    pub ready: Timestamp,
    /// The moment from which on it cannot be replaced any more.
    pub lapses: Timestamp,
}

impl AnnouncedUpgrade {
    /// Whether the announcement has lapsed.
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        now >= self.lapses
    }
}

/// Announced upgrades. New code waits for the notice, and then can replace the code for as long as
/// the notice was.
///
/// The notice gives everybody time to read the new code, and to leave. An announcement lapses, so
/// that an old one that nobody remembers cannot come as a surprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Upgrades {
    /// How long an upgrade is announced before it can be carried out, in milliseconds.
    pub notice: Timestamp,
    /// The last announcement that was neither cancelled nor carried out. It may have lapsed.
    pub announced: Option<AnnouncedUpgrade>,
}

impl Upgrades {
    /// The longest notice that any deployment may choose: a year. With a longer one, faults would
    /// stay too long.
    pub const LONGEST_NOTICE: Timestamp = 365 * 24 * 3_600_000;

    /// Upgrades without an announcement. `None` unless the notice is from 1 ms to
    /// [`Self::LONGEST_NOTICE`].
    pub fn new(notice: Timestamp) -> Option<Self> {
        let sound = 0 < notice && notice <= Self::LONGEST_NOTICE;
        sound.then_some(Self {
            notice,
            announced: None,
        })
    }

    /// Announces new code. This replaces any earlier announcement, and the notice begins now.
    pub fn announce(&mut self, code_hash: Hash, migration: Option<Migration>, now: Timestamp) {
        let ready = now.saturating_add(self.notice);
        self.announced = Some(AnnouncedUpgrade {
            code_hash,
            migration,
            ready,
            lapses: ready.saturating_add(self.notice),
        });
    }

    /// Withdraws the announcement, also one that has lapsed.
    ///
    /// # Errors
    /// [`UpgradeError::NotAnnounced`].
    pub fn cancel(&mut self) -> Result<(), UpgradeError> {
        self.announced.take().ok_or(UpgradeError::NotAnnounced)?;
        Ok(())
    }

    /// Uses up the announcement of `code_hash`. Returns the migration that was announced with it.
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

    /// Whether an upgrade is announced that has not lapsed.
    pub fn is_announced(&self, now: Timestamp) -> bool {
        self.announced
            .is_some_and(|announced| !announced.has_lapsed(now))
    }
}

/// Replaces the code of the running contract and lets the new code migrate the state. On an error
/// nothing changes.
///
/// The migration is a call of the contract to itself. The chain runs the new code for it and for
/// every later call. The old code still runs to the end of this message. It must have written all
/// its changes before this call, and must not write the root cell after it
/// (`allive_storage::finish` does not, where no inline field changed).
///
/// Only the answer `Ok(())` is success. ink! decodes the answer of a reverted call like any other,
/// but a message of ink! is reverted exactly when it returns an error.
///
/// # Errors
/// `UnknownCode`, `MigrationFailed`. The caller must return them, so that the chain undoes
/// everything.
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
        // An error has content, which is not decoded here; undecoded bytes are an error as well.
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

    /// How long an upgrade is announced before it can be carried out, in milliseconds.
    #[ink(message)]
    fn upgrade_notice(&self) -> u64;

    /// Owner: announces that the code with the hash `code_hash` will replace this contract's. This
    /// replaces any earlier announcement. `migration` is the selector of the message by which the
    /// new code migrates the state.
    ///
    /// # Errors
    /// `CallerIsNotOwner`.
    #[ink(message)]
    fn announce_upgrade(
        &mut self,
        code_hash: Hash,
        migration: Option<Migration>,
    ) -> Result<(), UpgradeError>;

    /// Owner: withdraws an announcement.
    ///
    /// # Errors
    /// `CallerIsNotOwner`, `NotAnnounced`.
    #[ink(message)]
    fn cancel_upgrade(&mut self) -> Result<(), UpgradeError>;

    /// Owner: replaces the code of this contract by the announced code and runs the announced
    /// migration, in one step. Possible from the end of the notice on, for as long as the notice
    /// was.
    ///
    /// # Errors
    /// `CallerIsNotOwner`, `NotAnnounced`, `Lapsed`, `TooEarly`, `UnknownCode`, `MigrationFailed`.
    #[ink(message)]
    fn set_code_hash(&mut self, new_code_hash: Hash) -> Result<(), UpgradeError>;
}

/// An upgrade was announced, or an announcement was withdrawn. The field holds the new state.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpgradeChanged {
    /// The announced upgrade, if there is one.
    pub announced: Option<AnnouncedUpgrade>,
}

/// The announced code has replaced that of the contract.
#[ink::event]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgraded {
    /// The hash of the new code.
    pub code_hash: Hash,
}
