//! Carries actions out on the copy, by the contract's own rules.

use crate::{
    lot_id,
    world::{Stop, World},
    Problem,
};
use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic};
use provenance::{
    place, Action, Alert, Capacity, Cell, Claim, Class, Container, ContainerId, Custody, Dispenser,
    End, Lot, NewLot, Origin, Place, Product, ProductName, ProductTerms, ProvenanceError, Retired,
    Run, RunId, State, Storage, Target, Transformation, Unit, UnitId, CUSTODIANS, DISPENSERS,
    MAX_INPUTS, MAX_OUTPUTS, MAX_UNITS, MAX_WORDS,
};

impl World<'_> {
    /// Carries out an action of a party, or says why the contract would refuse it.
    pub fn apply(&mut self, by: IdentityId, action: &Action) -> Result<(), Stop> {
        match action {
            Action::Commission { lot, site } => self.commission(by, lot, *site),
            Action::Split { run, length } => self.split(by, *run, *length),
            Action::Pack { container, units } => self.pack(by, *container, units),
            Action::Unpack { container, units } => self.unpack(by, *container, units),
            Action::Ship { unit, to, until } => self.ship(by, *unit, *to, *until),
            Action::Receive { unit, role, site } => self.receive(by, *unit, *role, *site),
            Action::Refuse { unit } => {
                let now = self.now;
                self.change(*unit, |cell| cell.unit_mut().live()?.refuse(by, now))
            }
            Action::CallBack { unit } => {
                let now = self.now;
                self.only_holder(by, *unit)?;
                self.change(*unit, |cell| cell.unit_mut().live()?.call_back(now))
            }
            Action::Retire { unit, end } => self.retire(by, *unit, *end),
            Action::Dispense { claim, role, site, .. } => self.dispense(by, claim, *role, *site, false),
            Action::DispensePart { claim, role, site, .. } => {
                self.dispense(by, claim, *role, *site, true)
            }
            Action::Raise { target, alert, capacity, .. } => {
                self.raise(by, target, *alert, *capacity)
            }
            Action::Suspect { unit, capacity, .. } => {
                self.concerned(by, *unit, *capacity)?;
                self.change(*unit, |cell| cell.unit_mut().suspect(by))
            }
            Action::Report { unit, window } => {
                self.known_cell(*unit)?;
                self.attested(by, Topic::LOGGER)?;
                let now = self.now;
                self.change(*unit, |cell| cell.unit_mut().watch_mut().report(by, window, now))
            }
            Action::Transform { inputs, outputs, kind } => {
                let outputs: Vec<&NewLot> = outputs.iter().map(|output| &**output).collect();
                self.transform(by, inputs, &outputs, *kind)
            }
            Action::DeclareError { declaration } => Ok(declaration.check()?),
            // Nothing else is planned.
            _ => Ok(()),
        }
    }

    fn change(
        &mut self,
        id: UnitId,
        change: impl FnOnce(&mut Cell) -> Result<(), ProvenanceError>,
    ) -> Result<(), Stop> {
        let mut cell = self.known_cell(id)?;
        change(&mut cell)?;
        self.keep(id, Some(cell));
        Ok(())
    }

    fn attested(&mut self, by: IdentityId, role: Topic) -> Result<(), Stop> {
        match self.ledger.attested(by, role)? {
            true => Ok(()),
            false => Err(ProvenanceError::NotAttested.into()),
        }
    }

    /// Refuses whoever does not have what this custody is of.
    fn only(&mut self, by: IdentityId, custody: &Custody) -> Result<(), Stop> {
        if !self.ledger.acts(by, custody.role)? {
            return Err(ProvenanceError::NoStanding.into());
        }
        if custody.holder == by {
            Ok(())
        } else {
            Err(ProvenanceError::NotHolder.into())
        }
    }

    fn only_holder(&mut self, by: IdentityId, unit: UnitId) -> Result<(), Stop> {
        let cell = self.known_cell(unit)?;
        let custody = *cell.unit().custody()?;
        self.only(by, &custody)
    }

    fn commission(&mut self, by: IdentityId, new: &NewLot, site: u64) -> Result<(), Stop> {
        let product = self.product_of(by, &new.product)?;
        let role = new.product.role();
        self.attested(by, role)?;
        let lot = Lot::commission(&product, by, new.clone(), self.now)?;
        let custody = Custody::new(by, role, site, self.now)?;
        self.begin(lot, custody)
    }

    /// A product. Without a chain it is whose it must be.
    fn product_of(&mut self, by: IdentityId, name: &ProductName) -> Result<Product, Stop> {
        match self.product(name)? {
            Some(product) => Ok(product),
            None if self.ledger.sees() => Err(ProvenanceError::UnknownProduct.into()),
            None => {
                let class = match name {
                    ProductName::Gtin(_) => Class::Medicine,
                    ProductName::Blood { .. } => Class::Blood,
                    ProductName::Order { .. } => Class::Dental,
                };
                let terms = ProductTerms {
                    class,
                    storage: Storage::default(),
                    shelf_life: None,
                };
                let product = Product::register(name, by, terms)?;
                self.set_product(name, product.clone());
                Ok(product)
            }
        }
    }

    fn begin(&mut self, lot: Lot, custody: Custody) -> Result<(), Stop> {
        let id = lot_id(&lot.product, lot.maker, &lot.code);
        if self.has_lot(id)? {
            return Err(ProvenanceError::LotExists.into());
        }
        let run = Run {
            length: lot.count,
            unit: Unit::of(custody).into(),
        };
        self.begin_lot(id, lot, run);
        Ok(())
    }

    fn split(&mut self, by: IdentityId, id: RunId, length: u64) -> Result<(), Stop> {
        let mut run = self.known_run(id)?;
        let custody = *run.unit.custody()?;
        self.only(by, &custody)?;
        let (rest, cell) = run.split(id, length, self.now)?;
        self.keep(UnitId::Run(id), Some(Cell::Run(run)));
        self.keep(UnitId::Run(rest), Some(Cell::Run(cell)));
        Ok(())
    }

    fn pack(&mut self, by: IdentityId, id: ContainerId, units: &[UnitId]) -> Result<(), Stop> {
        let now = self.now;
        let first = units.first().filter(|_| units.len() <= MAX_UNITS);
        let first = *first.ok_or(ProvenanceError::BadUnits)?;
        let mut container = match self.cell(UnitId::Container(id))? {
            Some(Cell::Container(container)) => container,
            _ => Container::begin(id, self.known_cell(first)?.unit(), now)?,
        };
        let custody = *container.unit.custody()?;
        self.only(by, &custody)?;
        let mut packed = Vec::with_capacity(units.len());
        for unit in units {
            if *unit == UnitId::Container(id) {
                return Err(ProvenanceError::Inside.into());
            }
            let mut cell = self.known_cell(*unit)?;
            let height = cell.height();
            container.pack(id, cell.unit_mut(), height, now)?;
            packed.push((*unit, cell));
        }
        for (unit, cell) in packed {
            self.keep(unit, Some(cell));
        }
        self.keep(UnitId::Container(id), Some(Cell::Container(container)));
        Ok(())
    }

    fn unpack(&mut self, by: IdentityId, id: ContainerId, units: &[UnitId]) -> Result<(), Stop> {
        let key = UnitId::Container(id);
        if units.is_empty() || units.len() > MAX_UNITS {
            return Err(ProvenanceError::BadUnits.into());
        }
        let Cell::Container(mut container) = self.known_cell(key)? else {
            return Err(ProvenanceError::UnknownUnit.into());
        };
        let custody = *container.unit.custody()?;
        self.only(by, &custody)?;
        let mut unpacked = Vec::with_capacity(units.len());
        for unit in units {
            let mut cell = self.known_cell(*unit)?;
            container.unpack(id, cell.unit_mut(), self.now)?;
            unpacked.push((*unit, cell));
        }
        for (unit, cell) in unpacked {
            self.keep(unit, Some(cell));
        }
        let left = (container.children > 0).then_some(Cell::Container(container));
        self.keep(key, left);
        Ok(())
    }

    fn ship(
        &mut self,
        by: IdentityId,
        unit: UnitId,
        to: IdentityId,
        until: Timestamp,
    ) -> Result<(), Stop> {
        let mut cell = self.known_cell(unit)?;
        let custody = *cell.unit_mut().live()?;
        self.only(by, &custody)?;
        let (now, longest) = (self.now, self.terms.longest_transit);
        self.change(unit, |cell| cell.unit_mut().live()?.ship(to, until, now, longest))
    }

    fn receive(&mut self, by: IdentityId, unit: UnitId, role: Topic, site: u64) -> Result<(), Stop> {
        if role.bit() & CUSTODIANS == 0 {
            return Err(ProvenanceError::BadRole.into());
        }
        self.known_cell(unit)?.unit_mut().live()?;
        self.attested(by, role)?;
        let now = self.now;
        self.change(unit, |cell| cell.unit_mut().live()?.receive(by, role, site, now))
    }

    fn retire(&mut self, by: IdentityId, unit: UnitId, end: End) -> Result<(), Stop> {
        if matches!(end, End::Transformed | End::PartlyDispensed) {
            return Err(ProvenanceError::BadEnd.into());
        }
        self.only_holder(by, unit)?;
        let now = self.now;
        self.change(unit, |cell| cell.unit_mut().retire(end, now))
    }

    fn dispense(
        &mut self,
        by: IdentityId,
        claim: &Claim,
        role: Topic,
        site: u64,
        part: bool,
    ) -> Result<(), Stop> {
        if role.bit() & DISPENSERS == 0 {
            return Err(ProvenanceError::BadRole.into());
        }
        let id = self.labelled(claim)?;
        let mut run = self.known_run(id)?;
        if claim.proof.is_none() {
            return Err(ProvenanceError::NoSerials.into());
        }
        self.attested(by, role)?;
        let (number, bit) = place(claim.index);
        let mut word = self.word(id.lot, number)?;
        let standing = self.standing(id, &run, word.has(bit))?;
        let holder = standing.custody.holder;
        match standing.state {
            State::Genuine => (),
            State::PartlyDispensed if holder == by => (),
            State::Ended(End::Dispensed) => {
                let first = word.dispenser(bit).map(|recent| recent.dispenser.by);
                let first = first.or(run.unit.retired.map(|it| it.by)).unwrap_or(holder);
                if first != by {
                    let by = format!("identity {first}");
                    return Err(Problem::DispensedBy { by }.into());
                }
                return Err(ProvenanceError::NotActive(standing.state).into());
            }
            other => return Err(ProvenanceError::NotActive(other).into()),
        }
        if holder != by {
            return Err(ProvenanceError::NotHolder.into());
        }
        run.unit.custody()?;
        if standing.custody.site != site {
            return Err(ProvenanceError::Elsewhere.into());
        }
        let at = self.now;
        if !part {
            word.dispense(bit, Dispenser { by, site }, None, at, self.terms.undo)?;
            self.set_word(id.lot, number, word);
            return Ok(());
        }
        if run.length != 1 {
            return Err(ProvenanceError::NotAlone.into());
        }
        run.unit.retired = Some(Retired {
            end: End::PartlyDispensed,
            by,
            site,
            at,
        });
        self.keep(UnitId::Run(id), Some(Cell::Run(run)));
        Ok(())
    }

    /// The run that a claim names, of the first maker that has such a lot.
    fn labelled(&mut self, claim: &Claim) -> Result<RunId, Stop> {
        let product = self.known_product(&claim.product)?;
        for maker in product.makers() {
            let lot = lot_id(&claim.product, maker, &claim.code);
            if self.has_lot(lot)? {
                return Ok(RunId {
                    lot,
                    first: claim.first,
                });
            }
        }
        Err(ProvenanceError::UnknownLot.into())
    }

    fn raise(
        &mut self,
        by: IdentityId,
        target: &Target,
        alert: Alert,
        capacity: Capacity,
    ) -> Result<(), Stop> {
        match (capacity, target, alert) {
            (_, Target::Product(_), Alert::Stolen) => return Err(ProvenanceError::BadAlert.into()),
            (Capacity::Custodian, Target::Unit(unit), Alert::Stolen) => {
                self.concerned(by, *unit, capacity)?;
            }
            (Capacity::Custodian, ..) => return Err(ProvenanceError::BadAlert.into()),
            (Capacity::Authority, ..) => self.attested(by, Topic::AUTHORITY)?,
            (Capacity::Maker, Target::Product(name), _) => {
                let product = self.known_product(name)?;
                self.attested(by, name.role())?;
                product.only_owner(by)?;
            }
            (Capacity::Maker, Target::Lot(lot), _) => self.only_maker(by, *lot)?,
            (Capacity::Maker, Target::Unit(unit), _) => self.concerned(by, *unit, capacity)?,
        }
        match target {
            Target::Product(name) => {
                let mut product = self.known_product(name)?;
                product.alerts.raise(alert);
                self.set_product(name, product);
            }
            Target::Lot(id) => {
                let mut lot = self.known_lot(*id)?;
                lot.alerts.raise(alert);
                self.set_lot(*id, lot);
            }
            Target::Unit(unit) => self.change(*unit, |cell| {
                cell.unit_mut().alerts.raise(alert);
                Ok(())
            })?,
        }
        Ok(())
    }

    fn only_maker(&mut self, by: IdentityId, lot: provenance::LotId) -> Result<(), Stop> {
        let lot = self.known_lot(lot)?;
        self.attested(by, lot.product.role())?;
        match lot.maker == by {
            true => Ok(()),
            false => Err(ProvenanceError::NotMaker.into()),
        }
    }

    fn concerned(&mut self, by: IdentityId, unit: UnitId, capacity: Capacity) -> Result<(), Stop> {
        let cell = self.known_cell(unit)?;
        match (capacity, unit) {
            (Capacity::Custodian, _) => {
                let custody = self.outermost(&cell, |_| ())?;
                self.only(by, &custody)
            }
            (Capacity::Authority, _) => self.attested(by, Topic::AUTHORITY),
            (Capacity::Maker, UnitId::Run(run)) => self.only_maker(by, run.lot),
            (Capacity::Maker, UnitId::Container(container)) => {
                self.attested(by, Topic::MANUFACTURER)?;
                match container.packer == by {
                    true => Ok(()),
                    false => Err(ProvenanceError::NotMaker.into()),
                }
            }
        }
    }

    fn transform(
        &mut self,
        by: IdentityId,
        inputs: &[RunId],
        outputs: &[&NewLot],
        kind: Transformation,
    ) -> Result<(), Stop> {
        let first = *inputs.first().ok_or(ProvenanceError::BadTransformation)?;
        let is_sound = inputs.len() <= MAX_INPUTS
            && (1..=MAX_OUTPUTS).contains(&outputs.len())
            && outputs.iter().all(|new| new.product.role() == kind.role());
        if !is_sound {
            return Err(ProvenanceError::BadTransformation.into());
        }
        let site = self.known_run(first)?.unit.custody()?.site;
        self.attested(by, kind.role())?;
        let custody = Custody::new(by, kind.role(), site, self.now)?;
        let (mut origin, mut words_left) = (Origin::default(), MAX_WORDS);
        for input in inputs {
            let lot = self.consume(*input, by, site, &mut words_left)?;
            origin.add(*input, &lot)?;
        }
        for new in outputs {
            let product = self.product_of(by, &new.product)?;
            let mut lot = Lot::commission(&product, by, (*new).clone(), self.now)?;
            origin.pass_on(kind, &mut lot)?;
            self.begin(lot, custody)?;
        }
        Ok(())
    }

    fn consume(
        &mut self,
        id: RunId,
        by: IdentityId,
        site: u64,
        words_left: &mut u64,
    ) -> Result<Lot, Stop> {
        let mut run = self.known_run(id)?;
        let custody = *run.unit.custody()?;
        if custody.holder != by {
            return Err(ProvenanceError::NotHolder.into());
        }
        if custody.site != site {
            return Err(ProvenanceError::Elsewhere.into());
        }
        let standing = self.standing(id, &run, false)?;
        if standing.state != State::Genuine {
            return Err(ProvenanceError::NotActive(standing.state).into());
        }
        if standing.lot.serials.is_some() {
            self.only_undispensed(id, run.length, words_left)?;
        }
        run.unit.retire(End::Transformed, self.now)?;
        self.keep(UnitId::Run(id), Some(Cell::Run(run)));
        Ok(standing.lot)
    }

    fn only_undispensed(&mut self, run: RunId, length: u64, words_left: &mut u64) -> Result<(), Stop> {
        let last = run.first.saturating_add(length).saturating_sub(1);
        let ((from, first_bit), (to, last_bit)) = (place(run.first), place(last));
        let words = to.saturating_sub(from).saturating_add(1);
        *words_left = words_left.checked_sub(words).ok_or(ProvenanceError::TooManyPacks)?;
        for number in from..=to {
            let word = self.word(run.lot, number)?;
            let begin = if number == from { first_bit } else { 0 };
            let end = if number == to { last_bit } else { u8::MAX };
            if (begin..=end).any(|bit| word.has(bit)) {
                return Err(ProvenanceError::NotActive(State::Ended(End::Dispensed)).into());
            }
        }
        Ok(())
    }

    /// Whether somebody has a unit by itself, not on its way, so that it can be split or packed.
    pub fn has_at_hand(&mut self, by: IdentityId, cell: &Cell) -> bool {
        match &cell.unit().place {
            Place::Free(custody) => {
                custody.holder == by
                    && custody.transit(self.now).is_none()
                    && cell.unit().retired.is_none()
            }
            Place::Inside(_) => false,
        }
    }
}
