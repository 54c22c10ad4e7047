import { readDocument } from 'test/architecture/openapi-document';
import { apiTypes } from './api-types';

void apiTypes(readDocument()).then((types) => process.stdout.write(types));
