/** What a new repository's app is made with. It decides about the sample and how it is served, nothing else. */
export enum Framework {
  /** Pages of your own, with charts by Plotly. */
  FLASK = 'flask',
  /** Charts that react to each other, in Python alone. */
  DASH = 'dash',
  /** A script from top to bottom. */
  STREAMLIT = 'streamlit',
}
