import { searchedWords } from './searched-words';

describe('the words of a search', () => {
  it('are those of the text, however many spaces are between them', () => {
    expect(searchedWords('  basic   fit ')).toEqual(['basic', 'fit']);
    expect(searchedWords(' ')).toEqual([]);
  });
});
