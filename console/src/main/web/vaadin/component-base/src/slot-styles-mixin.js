const known = new WeakMap();

/** For elements whose slots need styles of the scope around them: a constructed sheet instead of an element, once in each scope. */
export const SlotStylesMixin = (superclass) =>
  class extends superclass {
    /** Styles that are inserted. */
    get slotStyles() {
      return [];
    }

    connectedCallback() {
      super.connectedCallback();
      const root = this.getRootNode();
      if (!known.has(root)) known.set(root, new Set());
      for (const styles of this.slotStyles) {
        const text = styles.toString();
        if (known.get(root).has(text)) continue;
        known.get(root).add(text);
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      }
    }
  };
