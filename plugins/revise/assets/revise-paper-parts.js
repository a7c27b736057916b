/* What questions and papers are put together from: elements, HTML of the build, variants. */
(function () {
  "use strict";
  const papers = (globalThis.revise ||= {}).papers ||= {};

  if (papers.parts) return;

  const ROOT = new URL("../", document.currentScript.src);
  const loading = new Map();

  function make(parent, tag, name = "", attributes = {}, text = "") {
    const element = document.createElement(tag);
    if (name) element.className = `revise-paper-${name}`;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  }

  /* Put in HTML that the build has made; its links begin at the site's root. */
  function put(parent, tag, name, html) {
    const element = make(parent, tag, name);
    element.innerHTML = html;
    for (const link of element.querySelectorAll("a[href]")) {
      const to = link.getAttribute("href");
      if (!/^[a-z]+:/i.test(to)) link.href = new URL(to, ROOT).href;
    }
    return element;
  }

  /* Load the variants of a question, once. */
  function load(id) {
    const known = (globalThis.reviseVariants || {})[id];
    if (known) return Promise.resolve(known);
    if (!loading.has(id)) {
      loading.set(id, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(`assets/revise-questions/${id}.js`, ROOT).href;
        script.onload = () => resolve(globalThis.reviseVariants[id]);
        script.onerror = () => {
          loading.delete(id);
          reject(new Error(`the question ${id} cannot be loaded`));
        };
        document.head.append(script);
      }));
    }
    return loading.get(id);
  }

  function list(parent, tag, items) {
    const box = make(parent, tag);
    for (const item of items) put(box, "li", "", item);
    return box;
  }

  papers.parts = { ROOT, list, load, make, put };
})();
