export const LINK_VISIBILITIES = ['public', 'coaches_only'] as const;
/** Who sees a link beside its owner: everybody, or coaches who train him now. */
export type LinkVisibility = (typeof LINK_VISIBILITIES)[number];

/** How many links one may have, of platforms and of one's own kinds together (rules §18.1). */
export const MOST_LINKS = 20;

/** How many a card shows. */
export const LINKS_ON_A_CARD = 3;
