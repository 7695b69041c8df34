use super::*;
use crate::identity::{create, recover};
use ::olife_id::OlifeId;
use allive_olife_id_interface::NotHeir;
use olife_nexus::{Holding, Inherited};

/// A patient loses her key. Her guardian recovers her identity, and her new key carries over
/// record, grant and earnings. Whoever has the old key can do nothing more with them; what it holds
/// of ALV is lost.
pub fn a_lost_key_is_replaced_and_what_it_had_is_carried_over<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut market = Market::open(chain, genesis);
    let (nexus, id, patient) = (market.nexus, market.identities, market.patient);
    let (guardian, renewed) = (market.owner, market.stranger);
    let keeper = create(&mut market.stage, id, guardian, &[]);
    let person = create(&mut market.stage, id, patient, &[keeper]);
    let record = market.register();
    let terms = market.terms();
    let grant = market.offer(record, &terms);
    market.buy(grant, 3);
    market.use_record(grant, record, 1, 2);
    market.withdraw(patient, PRICE);
    market.use_record(grant, record, 2, 1);

    let hers = [
        Holding::Record(record),
        Holding::Grant(grant),
        Holding::Credit(patient.into()),
    ];
    let inherit = |holding: &Holding| at::<OlifeNexus>(nexus).inherit(holding.clone());
    let not_yet = || NexusError::NotHeir(NotHeir::NotSuccessor);
    for holding in &hers {
        market.stage.refuse(renewed, inherit(holding), not_yet());
    }
    let ready = recover(&mut market.stage, id, person, guardian, renewed);
    market.stage.refuse(renewed, inherit(&hers[0]), not_yet());
    market.stage.wait_until(ready + MINUTE);
    market
        .stage
        .accept(guardian, at::<OlifeId>(id).settle(person));

    // Until it is carried over, the Nexus knows the old key only, and the grantee goes on with its
    // work.
    market.use_record(grant, record, 3, 0);
    market.accounts(PRICE, WEALTH - 3 * PRICE, 2 * PRICE, [2 * PRICE, 0]);
    let purchase = Holding::Purchase(grant);
    market.stage.refuse(renewed, inherit(&purchase), not_yet());
    for holding in &hers {
        let (_, events) = market.stage.accept(renewed, inherit(holding));
        let inherited = Inherited {
            holding: holding.clone(),
            former: patient,
            heir: renewed,
        };
        assert_eq!(events, [said(nexus, inherited)]);
    }
    market.accounts(PRICE, WEALTH - 3 * PRICE, 2 * PRICE, [0, 0]);

    let contract = || at::<OlifeNexus>(nexus);
    let offer = || contract().offer(record, terms.clone());
    market.stage.refuse(patient, offer(), NexusError::NotOwner);
    market
        .stage
        .refuse(patient, contract().revoke(grant), NexusError::NotOwner);
    market.stage.refuse(
        patient,
        contract().withdraw(patient.into()),
        NexusError::NothingOwed,
    );
    market.stage.refuse(patient, inherit(&hers[0]), not_yet());

    market.stage.accept(renewed, offer());
    market.stage.accept(renewed, contract().revoke(grant));
    market.withdraw(renewed, 2 * PRICE);
    let kept = market.stage.chain.get(contract().record(record));
    let kept = kept.map(|record| (record.owner, record.committer()));
    assert_eq!(kept, Some((renewed, patient)));
    let held = [
        (guardian, SUPPLY - WEALTH),
        (patient, PRICE),
        (market.grantee, WEALTH - 3 * PRICE),
        (renewed, 2 * PRICE),
    ];
    market.stage.holdings(market.alv, held);
}
