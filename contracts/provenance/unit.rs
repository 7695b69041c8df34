//! Runs and containers: what is where, and who has it.

use crate::{
    digits, Alert, Alerts, LotId, Noticed, ProvenanceError, Raised, Verdict, Watch, DISPENSERS,
};
use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic, Topics};
use allive_storage::Boxed;
use ink::prelude::vec::Vec;

/// The most containers inside each other.
pub const MAX_HEIGHT: u8 = 4;

/// The most units that one action packs or unpacks.
pub const MAX_UNITS: usize = 64;

/// The most who suspect a unit, each by its own word. What leaves a container can have more.
pub const MAX_SUSPECTERS: usize = 8;

/// The roles in which somebody receives goods.
pub const CUSTODIANS: Topics = Topic::MANUFACTURER.bit()
    | Topic::WHOLESALER.bit()
    | Topic::CARRIER.bit()
    | Topic::PHARMACY.bit()
    | Topic::HOSPITAL.bit()
    | Topic::CLINICIAN.bit()
    | Topic::BLOOD_SERVICE.bit()
    | Topic::LABORATORY.bit()
    | Topic::RELIEF.bit();

/// A run: neighbouring packs of a lot that are in one place. It is named by its first pack. Runs
/// come only from commissioning and splitting, so that those of a lot never overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct RunId {
    /// The lot.
    pub lot: LotId,
    /// The index of its first pack.
    pub first: u64,
}

/// A container, such as a case or a pallet. It is named by its SSCC and by who packed it, so that
/// nobody can take a number away from somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct ContainerId {
    /// Who packed it first.
    pub packer: IdentityId,
    /// Its number of 18 digits.
    pub sscc: u64,
}

impl ContainerId {
    /// Refuses a number with a wrong check digit.
    ///
    /// # Errors
    /// `BadContainer`.
    pub fn check(&self) -> Result<(), ProvenanceError> {
        let is_sound = digits::is_sscc(self.sscc);
        is_sound.then_some(()).ok_or(ProvenanceError::BadContainer)
    }
}

/// What can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum UnitId {
    /// A run.
    Run(RunId),
    /// A container with all that is in it.
    Container(ContainerId),
}

/// On its way to somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Shipment {
    /// Who may receive it.
    pub to: IdentityId,
    /// The last moment at which it can be received. Afterwards it counts as not shipped.
    pub until: Timestamp,
    /// The first moment: when it was shipped; or later, if an authority ships for the holder, who
    /// can call it back before.
    pub ready: Timestamp,
}

/// Who has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Custody {
    /// Who.
    pub holder: IdentityId,
    /// In which role the holder received it.
    pub role: Topic,
    /// Where: a GLN, or 0.
    pub site: u64,
    /// Since when the holder has it.
    pub since: Timestamp,
    /// The last shipment that was not received yet. It may have lapsed.
    pub shipped: Option<Shipment>,
}

impl Custody {
    /// The custody of somebody who has it at a site.
    ///
    /// # Errors
    /// `BadSite`.
    pub fn new(
        holder: IdentityId,
        role: Topic,
        site: u64,
        now: Timestamp,
    ) -> Result<Self, ProvenanceError> {
        only_site(site)?;
        Ok(Self {
            holder,
            role,
            site,
            since: now,
            shipped: None,
        })
    }

    /// The shipment that can still be received.
    pub fn transit(&self, now: Timestamp) -> Option<Shipment> {
        self.shipped.filter(|shipment| now <= shipment.until)
    }

    /// Refuses what is on its way.
    ///
    /// # Errors
    /// `InTransit`.
    pub fn only_here(&self, now: Timestamp) -> Result<(), ProvenanceError> {
        match self.transit(now) {
            Some(_) => Err(ProvenanceError::InTransit),
            None => Ok(()),
        }
    }

    /// The holder ships it. It is the holder's until it is received.
    ///
    /// # Errors
    /// `InTransit`, `ToItself`; `BadDeadline` unless it is later than now, by at most `longest`.
    pub fn ship(
        &mut self,
        to: IdentityId,
        until: Timestamp,
        now: Timestamp,
        longest: Timestamp,
    ) -> Result<(), ProvenanceError> {
        self.only_here(now)?;
        if to == self.holder {
            return Err(ProvenanceError::ToItself);
        }
        if until <= now || until > now.saturating_add(longest) {
            return Err(ProvenanceError::BadDeadline);
        }
        let ready = now;
        self.shipped = Some(Shipment { to, until, ready });
        Ok(())
    }

    /// An authority ships it for a holder that cannot. It can be received only from `ready` on, so
    /// that a holder who can act calls it back.
    ///
    /// # Errors
    /// As of [`ship`](Self::ship); the deadline is later than `ready`, by at most `longest`.
    pub fn redirect(
        &mut self,
        to: IdentityId,
        until: Timestamp,
        ready: Timestamp,
        now: Timestamp,
        longest: Timestamp,
    ) -> Result<(), ProvenanceError> {
        self.only_here(now)?;
        self.ship(to, until, ready, longest)
    }

    /// The recipient has it from now on.
    ///
    /// # Errors
    /// `NotShipped`, `NotRecipient`; `TooEarly` if an authority ships it; `BadSite`.
    pub fn receive(
        &mut self,
        by: IdentityId,
        role: Topic,
        site: u64,
        now: Timestamp,
    ) -> Result<(), ProvenanceError> {
        let shipment = self.only_recipient(by, now)?;
        if now < shipment.ready {
            return Err(ProvenanceError::TooEarly);
        }
        *self = Self::new(by, role, site, now)?;
        Ok(())
    }

    /// The recipient refuses it.
    ///
    /// # Errors
    /// `NotShipped`, `NotRecipient`.
    pub fn refuse(&mut self, by: IdentityId, now: Timestamp) -> Result<(), ProvenanceError> {
        self.only_recipient(by, now)?;
        self.shipped = None;
        Ok(())
    }

    /// The holder calls it back.
    ///
    /// # Errors
    /// `NotShipped`.
    pub fn call_back(&mut self, now: Timestamp) -> Result<(), ProvenanceError> {
        self.transit(now).ok_or(ProvenanceError::NotShipped)?;
        self.shipped = None;
        Ok(())
    }

    /// The holder moves it to another place of its own.
    ///
    /// # Errors
    /// `InTransit`, `BadSite`.
    pub fn move_to(&mut self, site: u64, now: Timestamp) -> Result<(), ProvenanceError> {
        self.only_here(now)?;
        only_site(site)?;
        self.site = site;
        Ok(())
    }

    fn only_recipient(&self, by: IdentityId, now: Timestamp) -> Result<Shipment, ProvenanceError> {
        let shipment = self.transit(now).ok_or(ProvenanceError::NotShipped)?;
        if shipment.to == by {
            Ok(shipment)
        } else {
            Err(ProvenanceError::NotRecipient)
        }
    }

    /// Whether somebody has both in the same place.
    fn is_with(&self, other: &Self) -> bool {
        (self.holder, self.site) == (other.holder, other.site)
    }
}

fn only_site(site: u64) -> Result<(), ProvenanceError> {
    if site == 0 || digits::is_gln(site) {
        Ok(())
    } else {
        Err(ProvenanceError::BadSite)
    }
}

/// Where something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Place {
    /// By itself, in somebody's custody.
    Free(Custody),
    /// In a container, whose custody is its own.
    Inside(ContainerId),
}

/// How something ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum End {
    /// It was destroyed, for good.
    Destroyed,
    /// It was dispensed as a whole, or used in care.
    Dispensed,
    /// It was given as a sample.
    Sample,
    /// It left the market.
    Exported,
    /// Something else was made of it, for good.
    Transformed,
    /// It is a pack of which a part was dispensed, for good. The rest can be dispensed or
    /// destroyed.
    PartlyDispensed,
}

/// The end of something, and by whom, so that it can be undone exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Retired {
    /// How it ended.
    pub end: End,
    /// Who said so.
    pub by: IdentityId,
    /// At which place: a GLN, or 0.
    pub site: u64,
    /// When.
    pub at: Timestamp,
}

/// What runs and containers share: where they are, and what is said of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Unit {
    /// Where it is.
    pub place: Place,
    /// Stolen, recalled, withdrawn.
    pub alerts: Alerts,
    /// Who suspects it, each once. It is quarantined while anybody does.
    pub suspected_by: Vec<IdentityId>,
    /// How it ended, if it did.
    pub retired: Option<Retired>,
    /// What is known of its temperature.
    pub watch: Option<Boxed<Watch>>,
    /// Who determined that it is illegitimate, while that alert is raised.
    pub verdict: Option<Boxed<Verdict>>,
}

impl Unit {
    /// Something that somebody has, of which nothing is said.
    pub const fn of(custody: Custody) -> Self {
        Self {
            place: Place::Free(custody),
            alerts: Alerts {
                raised: Raised(0),
                lowering: None,
            },
            suspected_by: Vec::new(),
            retired: None,
            watch: None,
            verdict: None,
        }
    }

    /// The custody of something that is in no container.
    ///
    /// # Errors
    /// `Inside`.
    pub fn custody(&self) -> Result<&Custody, ProvenanceError> {
        match &self.place {
            Place::Free(custody) => Ok(custody),
            Place::Inside(_) => Err(ProvenanceError::Inside),
        }
    }

    /// The same, of something that still lives, to change it.
    ///
    /// # Errors
    /// `Inside`, `IsRetired`.
    pub fn live(&mut self) -> Result<&mut Custody, ProvenanceError> {
        match &mut self.place {
            Place::Inside(_) => Err(ProvenanceError::Inside),
            Place::Free(_) if self.retired.is_some() => Err(ProvenanceError::IsRetired),
            Place::Free(custody) => Ok(custody),
        }
    }

    /// Its holder ends it; also destroys the rest of what was dispensed in part.
    ///
    /// # Errors
    /// `Inside`, `IsRetired`, `InTransit`; `BadRole` if it is dispensed, and its holder received it
    /// in another role than that of a dispenser.
    pub fn retire(&mut self, end: End, now: Timestamp) -> Result<(), ProvenanceError> {
        let retired = self.retired.map(|it| it.end);
        if (retired, end) == (Some(End::PartlyDispensed), End::Destroyed) {
            self.retired = None;
        }
        let custody = self.live()?;
        custody.only_here(now)?;
        if end == End::Dispensed && custody.role.bit() & DISPENSERS == 0 {
            return Err(ProvenanceError::BadRole);
        }
        let (by, site) = (custody.holder, custody.site);
        self.retired = Some(Retired {
            end,
            by,
            site,
            at: now,
        });
        Ok(())
    }

    /// Undoes an end, within `span` milliseconds. Nothing has moved since, because what has ended
    /// does not move: so holder and place are those that ended it.
    ///
    /// # Errors
    /// `NotRetired`; `Final` if it was destroyed, transformed or dispensed in part, if it is
    /// stolen, recalled or withdrawn, also by what is said of its `lot`, or if it is too late.
    pub fn restore(
        &mut self,
        lot: Raised,
        now: Timestamp,
        span: Timestamp,
    ) -> Result<(), ProvenanceError> {
        let retired = self.retired.ok_or(ProvenanceError::NotRetired)?;
        let is_late = now >= retired.at.saturating_add(span);
        let is_warned = self.alerts.raised.and(lot) != Raised::default();
        let is_final = matches!(
            retired.end,
            End::Destroyed | End::Transformed | End::PartlyDispensed
        );
        if is_final || is_late || is_warned {
            return Err(ProvenanceError::Final);
        }
        self.retired = None;
        Ok(())
    }

    /// Somebody suspects it.
    ///
    /// # Errors
    /// `IsSuspected` by the same; `TooManySuspecters`.
    pub fn suspect(&mut self, by: IdentityId) -> Result<(), ProvenanceError> {
        if self.suspected_by.contains(&by) {
            return Err(ProvenanceError::IsSuspected);
        }
        if self.suspected_by.len() >= MAX_SUSPECTERS {
            return Err(ProvenanceError::TooManySuspecters);
        }
        self.suspected_by.push(by);
        Ok(())
    }

    /// Somebody does not suspect it any more; or, if `all`, nobody does.
    ///
    /// # Errors
    /// `NotSuspected`, by this identity or at all.
    pub fn clear(&mut self, by: IdentityId, all: bool) -> Result<(), ProvenanceError> {
        let before = self.suspected_by.len();
        self.suspected_by.retain(|other| !all && *other != by);
        if self.suspected_by.len() == before {
            return Err(ProvenanceError::NotSuspected);
        }
        Ok(())
    }

    /// A neighbour becomes one with it.
    fn join(&mut self, other: &Self, now: Timestamp) -> Result<(), ProvenanceError> {
        let are_alike = self.suspected_by == other.suspected_by
            && self.watch == other.watch
            && self.verdict == other.verdict
            && self.retired.is_none()
            && other.retired.is_none();
        let Place::Free(own) = &mut self.place else {
            return Err(ProvenanceError::Inside);
        };
        let next = other.custody()?;
        own.only_here(now)?;
        next.only_here(now)?;
        let are_alike = are_alike && own.is_with(next) && own.role == next.role;
        let alerts = self.alerts.joined(other.alerts).filter(|_| are_alike);
        self.alerts = alerts.ok_or(ProvenanceError::NotAlike)?;
        own.since = own.since.max(next.since);
        own.shipped = None;
        Ok(())
    }

    /// What is known of its temperature, to change it; then [`forget`](Self::forget_empty_watch) it
    /// if that is nothing.
    #[inline(never)]
    pub fn watch_mut(&mut self) -> &mut Watch {
        self.watch
            .get_or_insert_with(|| Boxed::from(Watch::default()))
    }

    /// Keeps no watch that knows nothing.
    #[inline(never)]
    pub fn forget_empty_watch(&mut self) {
        if self.watch.as_ref().is_some_and(|watch| watch.is_empty()) {
            self.watch = None;
        }
    }

    /// Who suspects it determines that it is illegitimate, and must give notice until `due`. An
    /// authority need not tell itself. An earlier verdict stays the one whose clock runs.
    ///
    /// # Errors
    /// `NotSuspected` by this identity.
    pub fn condemn(
        &mut self,
        by: IdentityId,
        as_authority: bool,
        now: Timestamp,
        due: Timestamp,
    ) -> Result<(), ProvenanceError> {
        self.clear(by, false)?;
        self.alerts.raise(Alert::Illegitimate);
        let noticed = as_authority.then_some(Noticed { by, at: now });
        let at = now;
        self.verdict.get_or_insert_with(|| {
            Boxed::from(Verdict {
                by,
                at,
                due,
                noticed,
            })
        });
        Ok(())
    }

    /// Sets its alerts. A verdict ends with its alert.
    pub fn set_alerts(&mut self, alerts: Alerts) {
        self.alerts = alerts;
        if !alerts.raised.has(Alert::Illegitimate) {
            self.verdict = None;
        }
    }

    /// Takes along what was said and measured of the container that it leaves.
    ///
    /// # Errors
    /// `TooManyBounds`.
    fn take_along(&mut self, container: &Self, now: Timestamp) -> Result<(), ProvenanceError> {
        self.alerts.take_along(container.alerts.raised);
        for suspecter in &container.suspected_by {
            if !self.suspected_by.contains(suspecter) {
                self.suspected_by.push(*suspecter);
            }
        }
        if let Some(above) = &container.verdict {
            let own = self.verdict.as_ref();
            let graver = own.map_or(**above, |own| own.graver(**above));
            self.verdict = Some(graver.into());
        }
        if let Some(above) = &container.watch {
            self.watch_mut().take_along(above, now)?;
            self.forget_empty_watch();
        }
        Ok(())
    }
}

/// A run of packs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Run {
    /// How many packs.
    pub length: u64,
    /// Where they are.
    pub unit: Boxed<Unit>,
}

impl Run {
    /// Splits it behind its first `length` packs. Returns the rest, and where that begins.
    ///
    /// # Errors
    /// `Inside`, `IsRetired`, `InTransit`, `BadSplit`.
    pub fn split(
        &mut self,
        id: RunId,
        length: u64,
        now: Timestamp,
    ) -> Result<(RunId, Self), ProvenanceError> {
        self.unit.live()?.only_here(now)?;
        let rest = self.length.checked_sub(length).filter(|rest| *rest > 0);
        let first = id.first.checked_add(length).filter(|_| length > 0);
        let (Some(rest), Some(first)) = (rest, first) else {
            return Err(ProvenanceError::BadSplit);
        };
        self.length = length;
        let unit = self.unit.clone();
        Ok((RunId { first, ..id }, Self { length: rest, unit }))
    }

    /// Joins it with the run that begins where it ends.
    ///
    /// # Errors
    /// `Inside`, `InTransit`, `NotAlike`.
    pub fn join(&mut self, next: &Self, now: Timestamp) -> Result<(), ProvenanceError> {
        self.unit.join(&next.unit, now)?;
        // Cannot overflow: both are of one lot.
        self.length = self.length.saturating_add(next.length);
        Ok(())
    }

    /// Whether a pack is in it.
    pub fn has(&self, id: RunId, index: u64) -> bool {
        let place = index.checked_sub(id.first);
        place.is_some_and(|place| place < self.length)
    }
}

/// The cell of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Cell {
    /// Of a run.
    Run(Run),
    /// Of a container.
    Container(Container),
}

impl Cell {
    /// What runs and containers share.
    pub fn unit(&self) -> &Unit {
        match self {
            Self::Run(run) => &run.unit,
            Self::Container(container) => &container.unit,
        }
    }

    /// The same, to change it.
    pub fn unit_mut(&mut self) -> &mut Unit {
        match self {
            Self::Run(run) => &mut run.unit,
            Self::Container(container) => &mut container.unit,
        }
    }

    /// How many containers are inside each other in it, itself included.
    pub const fn height(&self) -> u8 {
        match self {
            Self::Run(_) => 0,
            Self::Container(container) => container.height,
        }
    }
}

/// A container.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Container {
    /// Where it is.
    pub unit: Boxed<Unit>,
    /// How many runs and containers are directly in it.
    pub children: u32,
    /// How many containers were ever inside each other in it, itself included, since it was empty.
    pub height: u8,
}

impl Container {
    /// An empty container at the place of what is packed into it first.
    ///
    /// # Errors
    /// `Inside`, `BadContainer`; `NotPacker` if it bears another's name.
    pub fn begin(id: ContainerId, first: &Unit, now: Timestamp) -> Result<Self, ProvenanceError> {
        id.check()?;
        let custody = *first.custody()?;
        if custody.holder != id.packer {
            return Err(ProvenanceError::NotPacker);
        }
        let unit = Unit::of(Custody {
            since: now,
            shipped: None,
            ..custody
        });
        Ok(Self {
            unit: unit.into(),
            children: 0,
            height: 1,
        })
    }

    /// Packs something into it that has so many containers in it, itself included.
    ///
    /// # Errors
    /// `Inside`, `IsRetired`, `InTransit`; `Elsewhere` if it is not with the container; `IsWatched`
    /// if something is known of the container's temperature; `TooDeep`.
    pub fn pack(
        &mut self,
        id: ContainerId,
        child: &mut Unit,
        height: u8,
        now: Timestamp,
    ) -> Result<(), ProvenanceError> {
        let is_watched = self.unit.watch.is_some();
        let own = self.unit.live()?;
        let its = child.live()?;
        own.only_here(now)?;
        its.only_here(now)?;
        if !own.is_with(its) {
            return Err(ProvenanceError::Elsewhere);
        }
        // What was counted would also count for what was not in it then.
        if is_watched {
            return Err(ProvenanceError::IsWatched);
        }
        let height = height.saturating_add(1);
        if height > MAX_HEIGHT {
            return Err(ProvenanceError::TooDeep);
        }
        self.height = self.height.max(height);
        // Cannot overflow: no chain has room for 2^32 cells.
        self.children = self.children.saturating_add(1);
        child.place = Place::Inside(id);
        Ok(())
    }

    /// Unpacks something out of it, which takes along where the container is and what is said and
    /// measured of it.
    ///
    /// # Errors
    /// `Inside`, `IsRetired`, `InTransit` if the container is; `Elsewhere` if it is not directly in
    /// the container; `TooManyBounds`.
    pub fn unpack(
        &mut self,
        id: ContainerId,
        child: &mut Unit,
        now: Timestamp,
    ) -> Result<(), ProvenanceError> {
        let mut custody = *self.unit.live()?;
        custody.only_here(now)?;
        custody.shipped = None;
        if child.place != Place::Inside(id) {
            return Err(ProvenanceError::Elsewhere);
        }
        self.children = self.children.saturating_sub(1);
        child.place = Place::Free(custody);
        child.take_along(&self.unit, now)
    }
}
