// What the owner of an Ethereum address signs so that her ALV is paid to an account of this chain.

import { u8aToHex } from '@polkadot/util';
import { decodeAddress } from '@polkadot/util-crypto';

/** The text for the wallet's `personal_sign`. One signature is good for all entries of the address. */
export function claimText({ api, contracts: { alv_distributor: distributor } }, destination) {
  return [
    `Pay my ALV to ${u8aToHex(decodeAddress(destination))}`,
    'purpose: allive/claim/v1 ', // ends in a space
    `chain: ${api.genesisHash.toHex()}`,
    `contract: ${distributor.address.toHex()}`,
  ].join('\n');
}
