//! `allive provenance import`, on a node.

use crate::ground::{allive, Ground, Said};
use allive_calls::{at, parts, Message};
use allive_olife_id_interface::Topic;
use allive_rpc::{key, Transaction};
use ink::primitives::AccountId;
use olife_id::{Guardians, OlifeId};
use provenance::{Action, Class, ProductName, ProductTerms, Provenance, Storage};
use scale::Encode;
use std::{fs, path::Path};

impl Ground {
    fn address(&self, name: &str) -> AccountId {
        let text = self.book()["contracts"][name]["account"].clone();
        let digits = text.as_str().unwrap()[2..].to_owned();
        let bytes: [u8; 32] = hex::decode(digits).unwrap().try_into().unwrap();
        bytes.into()
    }

    fn tell<Args: Encode, R>(&self, suri: &str, message: Message<Args, R>) {
        let (contract, input) = parts(message);
        let transaction = Transaction::Call { contract, input };
        let (node, key) = (self.node.connect(), key(suri).unwrap());
        let trial = node.trial(&key.account(), &transaction).unwrap();
        let sent = node.send(&key, &transaction, &trial).unwrap();
        assert_eq!(sent.failure, None);
    }

    /// Everybody of the sample has an identity and a role, and the product is registered.
    fn populate(&self) {
        let identities = || at::<OlifeId>(self.address("olife_id"));
        let create = || {
            let guardians = Guardians::default();
            identities().act(olife_id::Action::Create { guardians })
        };
        self.tell("//Alice", create());
        let parties = [
            (1, "//Bob", Topic::MANUFACTURER),
            (2, "//Charlie", Topic::WHOLESALER),
            (3, "//Eve", Topic::PHARMACY),
            (4, "//Dave", Topic::LOGGER),
        ];
        let topics = parties.iter().fold(0, |all, (_, _, role)| all | role.bit());
        self.tell("//Alice", identities().approve_issuer(0, topics, 100));
        for (subject, suri, topic) in parties {
            self.tell(suri, create());
            let expires = self.node.connect().now().unwrap() + 24 * 3_600_000;
            let attest = olife_id::Action::Attest {
                subject,
                topic,
                value: [7; 32],
                weight: 0,
                issued: None,
                expires,
            };
            self.tell("//Alice", identities().act(attest));
        }
        let terms = ProductTerms {
            class: Class::Medicine,
            storage: Storage::default(),
            shelf_life: None,
        };
        let register = Action::Register {
            name: ProductName::Gtin(9_521_141_000_502),
            terms: terms.into(),
        };
        let provenance = self.address("provenance");
        let act = at::<Provenance>(provenance).act(None, register.into());
        self.tell("//Bob", act);
    }
}

#[test]
fn a_document_is_sent_once_and_its_journal_says_where() {
    let ground = Ground::deployed();
    ground.populate();
    let folder = tempfile::tempdir().unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/epcis/import");
    for name in [
        "told.toml",
        "v42.toml",
        "v42.secret",
        "v42.serials",
        "line.json",
    ] {
        fs::copy(samples.join(name), folder.path().join(name)).unwrap();
    }
    let run = |arguments: &[&str]| {
        let mut command = allive(&["provenance"]);
        Said::of(command.args(arguments).current_dir(folder.path()))
    };
    run(&["pack", "v42.toml", "--out", "v42"]).succeeds();
    let book = ground.folder.path().to_str().unwrap();
    let import = |more: &[&str]| {
        let url = &ground.node.url;
        let on_node = [
            "import",
            "line.json",
            "--told",
            "told.toml",
            "--url",
            url,
            "--book",
            book,
        ];
        run(&[&on_node[..], more].concat())
    };
    let said = import(&["--dry-run"]).succeeds();
    assert!(
        said.contains("2 events: 2 calls") && said.contains("nothing was sent"),
        "{said}"
    );
    assert!(!folder.path().join("line.json.journal").exists());
    import(&[]).refuses(&["nobody is there to ask"]);
    let said = import(&["--yes"]).succeeds();
    assert!(said.contains("2 calls were sent"), "{said}");
    let journal = fs::read_to_string(folder.path().join("line.json.journal")).unwrap();
    assert_eq!(journal.matches("{\"sent\":").count(), 2, "{journal}");
    let said = import(&["--yes"]).succeeds();
    assert!(said.contains("0 calls were sent"), "{said}");
}
