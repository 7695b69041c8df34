//! A runtime of nothing but contracts, coins and a clock, with the published weights of its
//! pallets.

use crate::frames::FrameCounter;
use frame_support::{
    derive_impl, parameter_types,
    traits::{ConstBool, ConstU128, ConstU32, ConstU64, Nothing, Randomness},
    weights::{constants::RocksDbWeight, IdentityFee, Weight, WeightToFee},
};
use frame_system::{pallet_prelude::BlockNumberFor, EnsureSigned};
use sp_runtime::{
    traits::{BlakeTwo256, Convert, IdentityLookup},
    AccountId32, Perbill,
};

/// Coins of the chain, in their smallest unit.
pub type Balance = u128;

frame_support::construct_runtime!(
    pub enum Runtime {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Balances: pallet_balances,
        Contracts: pallet_contracts,
    }
);

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
    type Block = frame_system::mocking::MockBlock<Self>;
    type AccountId = AccountId32;
    type Lookup = IdentityLookup<AccountId32>;
    type Hashing = BlakeTwo256;
    type AccountData = pallet_balances::AccountData<Balance>;
    // The defaults have none, and a read would cost nothing.
    type DbWeight = RocksDbWeight;
}

impl pallet_timestamp::Config for Runtime {
    type Moment = u64;
    type OnTimestampSet = ();
    type MinimumPeriod = ConstU64<1>;
    type WeightInfo = ();
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
    type Balance = Balance;
    type ExistentialDeposit = ConstU128<1>;
    type AccountStore = System;
}

const fn deposit(items: u32, bytes: u32) -> Balance {
    items as Balance * 100_000_000 + bytes as Balance * 1_000_000
}

parameter_types! {
    pub const DepositPerItem: Balance = deposit(1, 0);
    pub const DepositPerByte: Balance = deposit(0, 1);
    pub const DefaultDepositLimit: Balance = deposit(1024, 1024 * 1024);
    pub const CodeHashLockupDepositPercent: Perbill = Perbill::from_percent(0);
    pub Schedule: pallet_contracts::Schedule<Runtime> = Default::default();
}

impl pallet_contracts::Config for Runtime {
    type Time = Timestamp;
    type Randomness = NoRandomness;
    type Currency = Balances;
    type RuntimeEvent = RuntimeEvent;
    type RuntimeHoldReason = RuntimeHoldReason;
    type RuntimeCall = RuntimeCall;
    type CallFilter = Nothing;
    type WeightPrice = Price;
    type WeightInfo = pallet_contracts::weights::SubstrateWeight<Self>;
    type ChainExtension = ();
    type Schedule = Schedule;
    // What chains allow at least: a message that nests deeper than this works only on some.
    type CallStack = [pallet_contracts::Frame<Self>; 5];
    type DepositPerByte = DepositPerByte;
    type DefaultDepositLimit = DefaultDepositLimit;
    type DepositPerItem = DepositPerItem;
    type CodeHashLockupDepositPercent = CodeHashLockupDepositPercent;
    type AddressGenerator = pallet_contracts::DefaultAddressGenerator;
    type MaxCodeLen = ConstU32<{ 123 * 1024 }>;
    type MaxStorageKeyLen = ConstU32<128>;
    type MaxTransientStorageSize = ConstU32<{ 1024 * 1024 }>;
    type MaxDelegateDependencies = ConstU32<32>;
    type UnsafeUnstableInterface = ConstBool<false>;
    type MaxDebugBufferLen = ConstU32<{ 2 * 1024 * 1024 }>;
    type UploadOrigin = EnsureSigned<AccountId32>;
    type InstantiateOrigin = EnsureSigned<AccountId32>;
    type Migrations = ();
    type Debug = FrameCounter;
    type Environment = ();
    type ApiVersion = ();
    type Xcm = ();
}

/// What `pallet-contracts` asks for, and no contract of ink! 5 can reach.
pub enum NoRandomness {}

impl Randomness<sp_runtime::testing::H256, BlockNumberFor<Runtime>> for NoRandomness {
    fn random(_: &[u8]) -> (sp_runtime::testing::H256, BlockNumberFor<Runtime>) {
        Default::default()
    }
}

/// Coins for weight, for contracts that ask: one for each picosecond.
pub enum Price {}

impl Convert<Weight, Balance> for Price {
    fn convert(weight: Weight) -> Balance {
        IdentityFee::<Balance>::weight_to_fee(&weight)
    }
}
