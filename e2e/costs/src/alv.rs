//! Every message of ALV.

use super::psp22::standard;
use crate::meter::{Measures, Meter};
use allive_access::{AccessControl, Ownable, Pausable};
use allive_calls::{at, Chain, Code, Keyring, Receipt, Typed};
use allive_requests::{Domain, Signature};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_support::filler::{holder, Filler};
pub use allive_support::tokens::deploy_alv as deploy;
use allive_support::tokens::payments;
use alv::{Action, Alv, AlvError, PSP22Payable, Request, MINTER, PAUSER, PURPOSE, VAULT};
use hostile::HostileRef;
use ink::primitives::AccountId;
use psp22::{PSP22Burnable, PSP22Mintable};
use scale::Encode;

const HOUR: u64 = 3_600_000;

/// The messages whose costs users feel.
pub const HOT: crate::Hot = &[
    ("transfer", ""),
    ("transfer_from", ""),
    ("approve", ""),
    ("transfer_many", "four payments"),
    ("transfer_and_call", "to a small contract"),
    ("act_for", "a signed transfer"),
    ("balance_of", ""),
];

/// Measures every message beside `others` holders, allowances, nonces and roles.
///
/// # Panics
/// If a message is refused.
pub fn measure(code: &Code, others: u32) -> Measures {
    let [alice, bob, charlie, dave, eve, ..] = Keyring::all().map(Keyring::account);
    let mut chain = EmbeddedChain::new();
    let alv = deploy(&mut chain, alice);
    fill(&mut chain, code, alv, others);
    let mut meter = Meter::new(chain);
    standard(&mut meter, alv);
    let token = || at::<Alv>(alv);

    meter.message("transfer_many", |chain, _| {
        let four = vec![(bob, 1_u128), (charlie, 1), (dave, 1), (eve, 1)];
        chain.send(alice, token().transfer_many(payments(&four)))
    });
    let receiver = match Code::read("hostile")
        .map(|code| meter.chain.create(alice, &code, HostileRef::new(), b""))
    {
        Ok(Ok(Ok(created))) => created.address,
        other => panic!("no receiver: {other:?}"),
    };
    meter.message("transfer_and_call", |chain, _| {
        let note = vec![0_u8; 24].encode();
        chain.send(alice, token().transfer_and_call(receiver.into(), 10, note))
    });
    meter.message("act_for", |chain, turn| {
        let request = Request {
            signer: alice.into(),
            action: Action::Transfer {
                to: bob.into(),
                value: 10,
            },
            nonce: turn.into(),
            deadline: START + HOUR,
        };
        act_for(chain, alv, Keyring::Alice, request)
    });
    meter.message("cancel", |chain, turn| {
        chain.send(alice, token().cancel(u64::from(turn) + 5))
    });
    meter.query("used_nonces", |chain| {
        chain.ask(alice, token().used_nonces(alice.into(), 0))
    });
    meter.query("request_text", |chain| {
        let request = Request {
            signer: alice.into(),
            action: Action::Transfer {
                to: bob.into(),
                value: 10,
            },
            nonce: 9,
            deadline: START + HOUR,
        };
        chain.ask(alice, token().request_text(request))
    });
    meter.query("cap", |chain| chain.ask(alice, token().cap()));

    for (role, holder) in [(MINTER, alice), (PAUSER, alice)] {
        let granted = meter
            .chain
            .send(alice, token().grant_role(role, holder.into()));
        assert_eq!(granted.value, Ok(Ok(())));
    }
    meter.message("mint", |chain, _| chain.send(alice, token().mint(10)));
    meter.message("burn", |chain, _| chain.send(alice, token().burn(10)));
    meter.message("grant_role", |chain, turn| {
        chain.send(
            alice,
            token().grant_role(VAULT, [charlie, dave][usize::from(turn)].into()),
        )
    });
    meter.query("has_role", |chain| {
        chain.ask(alice, token().has_role(VAULT, dave.into()))
    });
    meter.message("renounce_role", |chain, turn| {
        chain.send(
            [charlie, dave][usize::from(turn)],
            token().renounce_role(VAULT),
        )
    });
    meter.message("revoke_role", |chain, turn| {
        let account = [charlie, dave][usize::from(turn)];
        assert_eq!(
            chain
                .send(alice, token().grant_role(MINTER, account.into()))
                .value,
            Ok(Ok(()))
        );
        chain.send(alice, token().revoke_role(MINTER, account.into()))
    });
    meter.message("pause", |chain, _| {
        chain.advance(3 * HOUR);
        chain.send(alice, token().pause())
    });
    meter.query("paused", |chain| chain.ask(alice, token().paused()));
    meter.query("paused_until", |chain| {
        chain.ask(alice, token().paused_until())
    });
    meter.message("unpause", |chain, turn| {
        if turn == 1 {
            chain.advance(3 * HOUR);
            assert_eq!(chain.send(alice, token().pause()).value, Ok(Ok(())));
        }
        chain.send(alice, token().unpause())
    });
    meter.query("owner", |chain| chain.ask(alice, token().owner()));
    meter.query("pending_owner", |chain| {
        chain.ask(alice, token().pending_owner())
    });
    meter.message("transfer_ownership", |chain, _| {
        chain.send(alice, token().transfer_ownership(Some(alice.into())))
    });
    meter.message("accept_ownership", |chain, _| {
        assert_eq!(
            chain
                .send(alice, token().transfer_ownership(Some(alice.into())))
                .value,
            Ok(Ok(()))
        );
        chain.send(alice, token().accept_ownership())
    });
    meter.measures()
}

/// Signs `request` and has a stranger submit it.
pub fn act_for(
    chain: &mut EmbeddedChain,
    alv: AccountId,
    signer: Keyring,
    request: Request,
) -> Receipt<Result<(), AlvError>> {
    let message = request.message(&Domain {
        purpose: &PURPOSE,
        chain: &GENESIS,
        contract: &alv,
    });
    let signature = Signature::Sr25519(signer.sign(message.wrapped()));
    chain.send(
        Keyring::Eve.account(),
        at::<Alv>(alv).act_for(request, signature),
    )
}

/// As if `count` others held one unit each, had allowed it, had signed once and held a role.
pub fn fill(chain: &mut EmbeddedChain, code: &Code, alv: AccountId, count: u32) {
    let mut filler = Filler::new(chain, alv, code);
    for number in 0..count {
        let (owner, spender) = (holder(number), holder(count + number));
        filler.entry("balances", owner, 1_u128);
        filler.entry("allowances", (owner, spender), 1_u128);
        filler.entry("used", (owner, 0_u64), 1_u128);
        filler.entry("roles", (VAULT, owner), ());
    }
}
