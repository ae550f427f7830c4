// @ts-check
/** Where Stryker writes what it found, from the root. @param {string} part as packages.mjs names it */
export const reportOf = (part) => `mutation/reports/${part.replace('/', '-')}.json`;

/** Where Stryker remembers what it found, from the root. @param {string} part as packages.mjs names it */
export const rememberedIn = (part) => reportOf(part).replace('.json', '.remembered.json');
