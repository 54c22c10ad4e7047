import { readDocument } from 'test/architecture/openapi-document';
import { collectionOf } from './collection';

process.stdout.write(`${JSON.stringify(collectionOf(readDocument()), null, 2)}\n`);
