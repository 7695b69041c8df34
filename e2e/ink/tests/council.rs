//! The council on a node: what members decide is carried out by anybody, strangers decide nothing,
//! two pause.

extern crate allive_ink_e2e as ink_e2e;

use allive_access::{AccessControl, AccessError, Ownable, Pausable, PauseTerms};
use alv::{Alv, AlvRef, MINTER, PAUSER, PSP22};
use council::{
    Action, Bar, Call, Council, CouncilError, CouncilRef, CouncilTerms, EmergencyTerms, Phase,
    ProposalExecuted,
};
use ink::{
    env::{DefaultEnvironment, Event},
    primitives::AccountId,
};
use ink_e2e::{
    account_id, alice, bob, charlie, create_call_builder, eve, AccountKeyring, Client,
    ContractsBackend, PolkadotConfig,
};
use psp22::PSP22Error;
use scale::Decode;

type E2EResult<T> = Result<T, Box<dyn std::error::Error>>;

/// Who deployed all, with the key `alice()`, and is no member.
const OWNER: AccountKeyring = AccountKeyring::Alice;
/// With the keys `bob()` and `charlie()`; the third is asleep.
const MEMBERS: [AccountKeyring; 3] = [
    AccountKeyring::Bob,
    AccountKeyring::Charlie,
    AccountKeyring::Dave,
];

const DAY: u64 = 24 * 3_600_000;
const MONEY: u128 = 1_000;
/// So short that it is over by the second block from here.
const DELAY: u64 = 1;

#[ink_e2e::test]
async fn members_accept_ownership_and_a_stranger_carries_it_out() -> E2EResult<()> {
    let hall = open(&mut client).await?;
    let mut council = create_call_builder::<Council>(hall.council);
    let mut alv = create_call_builder::<Alv>(hall.alv);
    let offer = alv.transfer_ownership(Some(hall.council.into()));
    client.call(&alice(), &offer).submit().await?;

    let accept = Call {
        target: hall.alv.into(),
        selector: ink::selector_bytes!("Ownable::accept_ownership"),
        arguments: vec![],
        value: 0,
        min_ref_time: 0,
    };
    let propose = council.propose(Action::Calls(vec![accept]));
    let proposed = client.call(&bob(), &propose).submit().await?;
    let proposal = proposed.return_value().expect("a member proposes");
    let execute = council.execute(proposal);
    let early = client.call(&eve(), &execute).dry_run().await?;
    assert_eq!(early.return_value(), Err(CouncilError::NotApproved));
    let approve = council.approve(proposal);
    client.call(&charlie(), &approve).submit().await?;
    // A block, so that the delay is over.
    let deposit = council.deposit();
    client.call(&eve(), &deposit).submit().await?;
    let executed = client.call(&eve(), &execute).submit().await?;
    let emitted = executed.contract_emitted_events()?;
    let last = emitted.last().expect("the council says what it did");
    assert_eq!(last.event.contract, hall.council);
    assert_eq!(
        last.topics[0],
        ProposalExecuted::SIGNATURE_TOPIC.unwrap().into()
    );
    assert_eq!(
        ProposalExecuted::decode(&mut &last.event.data[..])?,
        ProposalExecuted { proposal }
    );
    let owner = client.call(&eve(), &alv.owner()).dry_run().await?;
    assert_eq!(owner.return_value(), Some(hall.council.into()));

    // Who owned it has no say any more, and what was carried out is not carried out again.
    let grant = alv.grant_role(MINTER, account_id(OWNER).into());
    let refused = client.call(&alice(), &grant).dry_run().await?;
    assert_eq!(refused.return_value(), Err(AccessError::CallerIsNotOwner));
    let phase = council.phase(proposal);
    let phase = client.call(&eve(), &phase).dry_run().await?;
    assert_eq!(phase.return_value(), Some(Phase::Executed));
    let again = client.call(&eve(), &execute).submit().await;
    assert!(matches!(again, Err(ink_e2e::Error::CallExtrinsic(_))));
    Ok(())
}

#[ink_e2e::test]
async fn strangers_decide_nothing_and_members_each_once() -> E2EResult<()> {
    let hall = open(&mut client).await?;
    let mut council = create_call_builder::<Council>(hall.council);
    let pay = Action::Pay {
        to: account_id(OWNER).into(),
        amount: 1,
    };
    let propose = council.propose(pay);
    let refused = client.call(&eve(), &propose).dry_run().await?;
    assert_eq!(refused.return_value(), Err(CouncilError::NotMember));
    let proposed = client.call(&bob(), &propose).submit().await?;
    let proposal = proposed.return_value().expect("a member proposes");
    let approve = council.approve(proposal);
    let refused = client.call(&eve(), &approve).dry_run().await?;
    assert_eq!(refused.return_value(), Err(CouncilError::NotMember));
    let refused = client.call(&bob(), &approve).dry_run().await?;
    assert_eq!(refused.return_value(), Err(CouncilError::SaidAlready));
    client
        .call(&bob(), &council.cancel(proposal))
        .submit()
        .await?;
    let refused = client.call(&charlie(), &approve).dry_run().await?;
    assert_eq!(refused.return_value(), Err(CouncilError::Cancelled));
    Ok(())
}

#[ink_e2e::test]
async fn two_members_pause_alv_at_once() -> E2EResult<()> {
    let hall = open(&mut client).await?;
    let mut council = create_call_builder::<Council>(hall.council);
    let mut alv = create_call_builder::<Alv>(hall.alv);
    let grant = alv.grant_role(PAUSER, hall.council.into());
    client.call(&alice(), &grant).submit().await?;

    let pause = council.emergency_pause(hall.alv.into());
    let refused = client.call(&eve(), &pause).dry_run().await?;
    assert_eq!(refused.return_value(), Err(CouncilError::NotMember));
    let asked = client.call(&bob(), &pause).submit().await?;
    assert_eq!(asked.return_value(), Ok(false));
    let asked = client.call(&charlie(), &pause).submit().await?;
    assert_eq!(asked.return_value(), Ok(true));
    let paused = client.call(&eve(), &alv.paused()).dry_run().await?;
    assert!(paused.return_value());
    let transfer = alv.transfer(account_id(MEMBERS[0]).into(), 1, vec![]);
    let refused = client.call(&alice(), &transfer).dry_run().await?;
    let error = PSP22Error::Custom("Paused".into());
    assert_eq!(refused.return_value(), Err(error));
    let refused = client.call(&bob(), &pause).dry_run().await?;
    assert_eq!(refused.return_value(), Err(CouncilError::CoolingDown));
    Ok(())
}

/// ALV, and a council of which two of three decide.
struct Hall {
    alv: AccountId,
    council: AccountId,
}

async fn open(client: &mut Client<PolkadotConfig, DefaultEnvironment>) -> E2EResult<Hall> {
    let pause = PauseTerms {
        duration: DAY,
        cooldown: DAY,
    };
    // Signed requests would bind the chain; none is sent here.
    let mut constructor = AlvRef::new(MONEY, MONEY, pause, [0; 32]);
    let token = client
        .instantiate("alv", &alice(), &mut constructor)
        .submit()
        .await?;

    let bar = Bar {
        threshold: 2,
        delay: DELAY,
    };
    let terms = CouncilTerms {
        routine: bar,
        grave: bar,
        constitutional: bar,
        lifetime: DAY,
        emergency: EmergencyTerms {
            threshold: 2,
            window: DAY,
            cooldown: DAY,
        },
    };
    let members = MEMBERS.map(|member| account_id(member).into());
    let mut constructor = CouncilRef::new(members.into(), terms, DELAY, [0; 32]);
    let created = client
        .instantiate("council", &alice(), &mut constructor)
        .submit()
        .await?;
    Ok(Hall {
        alv: token.account_id,
        council: created.account_id,
    })
}
