//! The life of a distributor.

use super::{
    alv::{appoint, deploy, pay, SUPPLY},
    stage::{actors, code, paid, said, Stage, DAY, MINUTE},
};
use allive_access::Pausable;
use allive_calls::{at, Chain, EthereumKey, Event, Typed};
use allive_holders::{Holder, Snapshot};
use allive_requests::ChainId;
use alv::{Alv, PAUSER, VAULT};
use alv_distributor::{
    destination_text, AlvDistributor, AlvDistributorRef, Claimant, Claimed, DistributorError, Swept,
};
use ink::primitives::AccountId;

/// Places in the list.
const ACCOUNT: u64 = 0;
const ADDRESS: u64 = 1;
const LATE: u64 = 2;
const TOO_LATE: u64 = 3;

/// Accounts and the owners of addresses claim what the list names, once each and until the
/// deadline; then anybody has the rest paid to whom the constructor named.
pub fn holders_claim_and_the_rest_is_swept<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut stage = Stage::open(chain, genesis);
    let [owner, holder, late, destination, stranger, remainder, ..] = actors();
    let key = EthereumKey::from_seed([7; 32]);
    let list = list(&[
        (holder.as_ref(), 100),
        (&key.address(), 1_000),
        (late.as_ref(), 250),
        (owner.as_ref(), 33),
    ]);
    let alv = deploy(&mut stage, owner);
    let deadline = stage.chain.now() + DAY;
    let constructor =
        AlvDistributorRef::new(alv, list.root(), list.count(), deadline, remainder, genesis);
    let distributor = stage.create(owner, &code("alv_distributor"), constructor);
    assert_eq!(distributor.events, []);
    let distributor = distributor.address;
    let contract = || at::<AlvDistributor>(distributor);
    let claim_with = |index, claimant, proof_of| {
        let amount = list.entries().get(index as usize).map(|entry| entry.amount);
        let proof = list.proof(proof_of).unwrap_or_default();
        contract().claim(index, claimant, amount.unwrap_or_default(), proof)
    };
    let claim = |index, claimant| claim_with(index, claimant, index);
    let claimed = |index: u64, holder, to: AccountId, amount| -> [Event; 2] {
        let claimed = Claimed {
            holder,
            index,
            to,
            amount,
        };
        [
            paid(alv, distributor, to, amount),
            said(distributor, claimed),
        ]
    };

    appoint(&mut stage, alv, owner, VAULT, distributor);
    let account = || Claimant::Account(holder);
    let unfunded = DistributorError::Token(allive_psp22_interface::TokenError::InsufficientBalance);
    stage.refuse(stranger, claim(ACCOUNT, account()), unfunded);
    let total = list.total();
    pay(&mut stage, alv, owner, distributor, total);
    stage.holdings(alv, [(owner, SUPPLY - total), (distributor, total)]);

    // An account is paid whoever submits it, and once.
    let wrong_proof = claim_with(ACCOUNT, account(), LATE);
    stage.refuse(stranger, wrong_proof, DistributorError::BadProof);
    let of_another = claim(ACCOUNT, Claimant::Account(stranger));
    stage.refuse(stranger, of_another, DistributorError::BadProof);
    let (_, events) = stage.accept(stranger, claim(ACCOUNT, account()));
    assert_eq!(
        events,
        claimed(ACCOUNT, Holder::Account(holder), holder, 100)
    );
    for submitter in [stranger, holder] {
        let again = claim(ACCOUNT, account());
        stage.refuse(submitter, again, DistributorError::AlreadyClaimed);
    }

    // The owner of an address signs, as Ethereum wallets do, where its ALV goes.
    let address = |signer: &EthereumKey, destination: AccountId, chain: &ChainId| {
        let text = destination_text(&destination, chain, &distributor);
        let signature = signer.sign_personal(&text);
        (key.address(), signature)
    };
    let to = |destination, (address, signature)| Claimant::Address {
        address,
        destination,
        signature,
    };
    let other_key = EthereumKey::from_seed([8; 32]);
    let bad = [
        to(destination, address(&other_key, destination, &genesis)),
        to(destination, address(&key, destination, &[0x5a; 32])),
        to(stranger, address(&key, destination, &genesis)),
    ];
    for claimant in bad {
        let refused = claim(ADDRESS, claimant);
        stage.refuse(stranger, refused, DistributorError::BadSignature);
    }
    // A pause of ALV does not stop a vault.
    appoint(&mut stage, alv, owner, PAUSER, owner);
    stage.accept(owner, at::<Alv>(alv).pause());
    let good = || to(destination, address(&key, destination, &genesis));
    let (_, events) = stage.accept(stranger, claim(ADDRESS, good()));
    let from = Holder::Address(key.address());
    assert_eq!(events, claimed(ADDRESS, from, destination, 1_000));
    let again = claim(ADDRESS, good());
    stage.refuse(stranger, again, DistributorError::AlreadyClaimed);
    assert_eq!(stage.chain.get(contract().claimed_total()), 1_100);
    stage.holdings(
        alv,
        [
            (owner, SUPPLY - total),
            (holder, 100),
            (destination, 1_000),
            (distributor, total - 1_100),
        ],
    );

    let sweep = || contract().sweep();
    stage.refuse(stranger, sweep(), DistributorError::StillOpen);
    stage.wait_until(deadline - 10 * MINUTE);
    stage.refuse(stranger, sweep(), DistributorError::StillOpen);
    let (_, events) = stage.accept(late, claim(LATE, Claimant::Account(late)));
    assert_eq!(events, claimed(LATE, Holder::Account(late), late, 250));

    stage.wait_until(deadline + 1);
    let too_late = claim(TOO_LATE, Claimant::Account(owner));
    stage.refuse(owner, too_late, DistributorError::Closed);
    assert!(stage.chain.get(contract().is_claimed(LATE)));
    assert!(!stage.chain.get(contract().is_claimed(TOO_LATE)));
    let (amount, events) = stage.accept(stranger, sweep());
    assert_eq!(amount, 33);
    let to = remainder;
    let expected = [
        paid(alv, distributor, to, amount),
        said(distributor, Swept { to, amount }),
    ];
    assert_eq!(events, expected);
    stage.refuse(stranger, sweep(), DistributorError::NothingLeft);
    assert_eq!(stage.chain.get(contract().claimed_total()), 1_350);
    stage.holdings(
        alv,
        [
            (owner, SUPPLY - total),
            (holder, 100),
            (destination, 1_000),
            (late, 250),
            (remainder, 33),
            (distributor, 0),
        ],
    );
}

/// A list as the tool reads it: accounts of 32 bytes, addresses of 20.
fn list(entries: &[(&[u8], u128)]) -> Snapshot {
    let mut csv = String::from("account,units\n");
    for (holder, units) in entries {
        let digits = hex::encode(holder);
        csv += &format!("0x{digits},{units}\n");
    }
    match Snapshot::read(csv.as_bytes()) {
        Ok(list) => list,
        Err(error) => panic!("{error}"),
    }
}
