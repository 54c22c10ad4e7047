import { CATALOGUE } from 'src/modules/notification/catalogue';
import { cataloguePage } from 'src/modules/notification/catalogue-page.template';
import { allTypeTexts } from './type-texts';

/** Prints `docs/notifications.md`. */
process.stdout.write(cataloguePage(CATALOGUE, allTypeTexts()));
