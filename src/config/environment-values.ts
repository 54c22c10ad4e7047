/** How variables, which are texts, become what they say. What says nothing of the kind stays as it is, to be refused. */

interface Written {
  value: unknown;
}

export const number = ({ value }: Written): unknown =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value;

export const flag = ({ value }: Written): unknown => (value === 'true' ? true : value === 'false' ? false : value);
