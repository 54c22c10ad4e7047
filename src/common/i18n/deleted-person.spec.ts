import { DELETED_PERSON, namesDeletedPerson, withDeletedPersons } from './deleted-person';

const WORDS = { firstName: 'Utilisateur', lastName: 'supprimé' };

describe('the name of a deleted person', () => {
  it('is told from that of somebody who is called so', () => {
    expect(namesDeletedPerson(`${DELETED_PERSON.firstName} ${DELETED_PERSON.lastName}`)).toBe(true);
    expect(namesDeletedPerson('Deleted user')).toBe(false);
    expect(withDeletedPersons('Deleted user', WORDS)).toBe('Deleted user');
  });

  it('is put into words wherever it stands, whole or in parts', () => {
    const { firstName, lastName } = DELETED_PERSON;
    const text = JSON.stringify([{ first_name: firstName }, { last_name: lastName }, `${firstName} ${lastName}, 9:00`]);
    expect(withDeletedPersons(text, WORDS)).toBe(
      JSON.stringify([{ first_name: 'Utilisateur' }, { last_name: 'supprimé' }, 'Utilisateur supprimé, 9:00']),
    );
  });

  it('takes words as they are', () => {
    expect(withDeletedPersons(DELETED_PERSON.firstName, { firstName: '$&', lastName: '$1' })).toBe('$&');
  });
});
