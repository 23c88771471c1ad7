/** Adds styles to the document, as a constructed sheet instead of an element. They come first, so that ours win. */
export const addGlobalStyles = (_id, ...styles) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles.map((style) => style.toString()).join("\n"));
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
};
