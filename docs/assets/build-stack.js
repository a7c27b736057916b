/* Build a stack of layers: add, move, change and remove them; what they make of an input follows.

   Handed over are `stacks`: name -> {size, channels, layers: [{kind, k, s, p, d, c, g}]}. */
(function () {
  "use strict";

  if (customElements.get("build-stack")) return;

  const { NEW, count, fieldsOf, layerName, stackSizes } = window.SiteStacks;
  const HEADS = ["Output", "Parameters", "Multiply-adds", "Sees", "Jump"];

  function make(parent, tag, name, attributes, text) {
    const element = document.createElement(tag);
    if (name) element.className = `site-stack-${name}`;
    Object.entries(attributes || {}).forEach((pair) => element.setAttribute(...pair));
    element.textContent = text || "";
    parent.append(element);
    return element;
  }

  function field(parent, label, least, value, change) {
    const box = make(parent, "label", "field", {}, `${label} `);
    const input = make(box, "input", "", { type: "number", min: least, value });
    input.addEventListener("input", () => change(input.valueAsNumber));
    return input;
  }

  class BuildStack extends HTMLElement {
    connectedCallback() {
      if (this.status) return; // moved
      this.stacks = Worked.arrays(this).stacks;
      const label = { role: "group", "aria-label": "Build a stack of layers" };
      const box = make(this.querySelector("figure") || this, "div", "box", label);
      const row = make(box, "div", "choices");
      const known = make(make(row, "label", "field", {}, "Begin with "), "select");
      Object.keys(this.stacks).forEach((name) => make(known, "option", "", {}, name));
      known.addEventListener("change", () => this.load(known.value));
      [this.size, this.channels] = ["size", "channels"].map((name) => {
        return field(row, `Input ${name}`, 1, 1, (value) => this.set(this.stack, name, value));
      });
      this.table = make(box, "table", "table");
      const add = make(box, "div", "choices");
      Object.keys(NEW).forEach((kind) => {
        const button = make(add, "button", "", { type: "button" }, `Add a ${kind}`);
        button.addEventListener("click", () => this.add(kind));
      });
      this.status = make(box, "p", "status", { role: "status" });
      this.load(known.value);
      this.classList.add("site-stack-ready");
    }

    load(name) {
      this.stack = structuredClone(this.stacks[name]);
      this.size.value = this.stack.size;
      this.channels.value = this.stack.channels;
      this.build();
    }

    set(what, name, value) {
      what[name] = value;
      this.renew();
    }

    add(kind) {
      this.stack.layers.forEach((layer) => { layer.open = false; });
      this.stack.layers.push({ ...NEW[kind], open: true });
      this.build(this.stack.layers.length - 1, "input");
    }

    move(at, to) {
      const [layer] = this.stack.layers.splice(at, 1);
      this.stack.layers.splice(to, 0, layer);
      this.build(to, to > at ? ".site-stack-down" : ".site-stack-up");
    }

    remove(at) {
      this.stack.layers.splice(at, 1);
      this.build(Math.min(at, this.stack.layers.length - 1), ".site-stack-out");
    }

    /* Lay all layers out anew, and put the focus into one of them. */
    build(at, what) {
      this.table.textContent = "";
      const head = make(make(this.table, "thead"), "tr");
      HEADS.forEach((name) => make(head, "th", "", { scope: "col" }, name));
      this.rows = this.stack.layers.map((layer, n) => this.layer(layer, n));
      const foot = make(this.table, "tbody", "total");
      make(make(foot, "tr"), "th", "", { colspan: 5, scope: "rowgroup" }, "All layers");
      this.total = make(foot, "tr");
      this.renew();
      const found = what && this.rows[at] && this.rows[at].body.querySelector(what);
      const isThere = found && !found.disabled && this.stack.layers[at].open;
      const next = found ? this.rows[at].name : this.querySelector("button");
      if (what) (isThere ? found : next).focus();
    }

    layer(layer, n) {
      const body = make(this.table, "tbody");
      const head = make(make(body, "tr"), "th", "", { colspan: 5, scope: "rowgroup" });
      const box = make(head, "details");
      box.open = layer.open;
      box.addEventListener("toggle", () => { layer.open = box.open; });
      const name = make(box, "summary");
      const row = make(box, "div", "choices");
      fieldsOf(layer).forEach(([key, label, least]) => {
        field(row, label, least, layer[key], (value) => this.set(layer, key, value));
      });
      const last = this.stack.layers.length - 1;
      const button = (kind, words, act, isOff) => {
        const one = make(row, "button", kind, { type: "button" }, words);
        one.disabled = isOff;
        one.addEventListener("click", act);
      };
      button("up", "Move up", () => this.move(n, n - 1), n === 0);
      button("down", "Move down", () => this.move(n, n + 1), n === last);
      button("out", "Remove", () => this.remove(n), false);
      return { body, name, cells: make(body, "tr") };
    }

    renew() {
      this.results = stackSizes(this.stack);
      this.results.forEach((result, n) => {
        this.rows[n].name.textContent = `${n + 1}. ${layerName(this.stack.layers[n])}`;
        this.fill(this.rows[n].cells, result);
      });
      const done = this.results.filter((result) => !result.why);
      const sum = (name) => done.reduce((all, result) => all + result[name], 0);
      const { size, channels } = this.stack;
      const last = done[done.length - 1] || { shape: [channels, size, size], sees: 1, jump: 1 };
      const all = { ...last, parameters: sum("parameters"), adds: sum("adds") };
      const wrong = this.results.findIndex((result) => result.why);
      if (wrong >= 0) all.why = `Layer ${wrong + 1} cannot be. ${this.results[wrong].why}`;
      const words = this.fill(this.total, all);
      this.status.textContent = all.why || HEADS.map((name, n) => `${name} ${words[n]}`).join(", ");
    }

    fill(row, result) {
      row.textContent = "";
      row.classList.toggle("site-stack-wrong", Boolean(result.why));
      if (result.why) return [make(row, "td", "", { colspan: 5 }, result.why)];
      const numbers = [result.parameters, result.adds, result.sees, result.jump];
      const words = [result.shape.join("×"), ...numbers.map(count)];
      words.forEach((word) => make(row, "td", "", {}, word));
      return words;
    }
  }

  customElements.define("build-stack", BuildStack);
})();
