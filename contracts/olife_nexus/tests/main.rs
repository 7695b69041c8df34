use allive_testkit::*;

use olife_nexus::*;
use psp22::PSP22;
use alv::{Alv, AlvRef};
use allive_access::*;

#[test]
fn smoke() {
    let mut chain = EmbeddedChain::new();
    let [alice, bob, ..] = Keyring::all().map(Keyring::account);
    let t = std::time::Instant::now();
    let alv = chain.create(alice, &Code::read("alv").unwrap(), AlvRef::new(1_000_000, 10_000_000, PauseTerms{duration:1000,cooldown:1000}, GENESIS), b"").unwrap().unwrap().address;
    println!("alv {:?}", t.elapsed());
    let nexus = chain.create(alice, &Code::read("olife_nexus").unwrap(), OlifeNexusRef::new(alv, 1000_000), b"").unwrap().unwrap().address;
    for i in 0..3 {
    let r = chain.send(alice, at::<Alv>(alv).transfer(bob, 500, vec![]));
    println!("{r:?} {:?}", t.elapsed());
    }
    chain.send(alice, at::<Alv>(alv).approve(nexus, 500)).value.unwrap().unwrap();
    let r = chain.send(bob, at::<OlifeNexus>(nexus).register([1;32], Kind::Fhir, vec![1,2]));
    println!("register {r:?}");
    let r = chain.send(bob, at::<OlifeNexus>(nexus).offer(0, Terms{grantee: alice, purpose: Purpose::Research, price: 10, uses: 5, expires: START+1000}));
    println!("offer {r:?}");
    let r = chain.send(alice, at::<OlifeNexus>(nexus).buy(0, 3));
    println!("buy {r:?}");
    for _ in 0..4 {
    let r = chain.send(alice, at::<OlifeNexus>(nexus).use_record(0, [2;32]));
    println!("use {:?} {:?}", r.value, r.gas);
    }
    let r = chain.send(bob, at::<OlifeNexus>(nexus).withdraw(bob));
    println!("withdraw {r:?}");
}
