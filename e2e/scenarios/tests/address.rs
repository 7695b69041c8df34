//! Addresses are known before contracts are.

use allive_access::PauseTerms;
use allive_calls::{constructor_input, contract_address, Code, Keyring, Typed};
use allive_simulator::{EmbeddedChain, GENESIS};
use alv::AlvRef;

#[test]
fn the_chain_puts_a_contract_where_it_was_predicted() {
    let code = Code::read("alv").unwrap();
    let terms = PauseTerms {
        duration: 1,
        cooldown: 1,
    };
    let constructor = || AlvRef::new(5, 5, terms, GENESIS);
    let deployer = Keyring::Alice.account();
    let mut chain = EmbeddedChain::new();
    for salt in [&b""[..], b"another"] {
        let input = constructor_input(constructor());
        let predicted = contract_address(&deployer, &code.hash(), &input, salt);
        let created = chain.create(deployer, &code, constructor(), salt);
        assert_eq!(created.unwrap().unwrap().address, predicted);
    }
}
