import { itKeepsTheContract } from './provider-contract';
import { VENDORS } from './vendors/vendors';

describe.each(VENDORS)('the adapter of $provider', (vendor) => {
  itKeepsTheContract(vendor);
});
