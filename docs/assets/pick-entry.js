if (!customElements.get("pick-entry"))
  customElements.define("pick-entry", class extends HTMLElement {
    connectedCallback() {
      if (this.slider) return; // moved
      const { wave } = Worked.arrays(this); // {shape: [41], data: Float64Array}
      const label = document.createElement("label");
      const output = document.createElement("output");
      this.slider = document.createElement("input");
      Object.assign(this.slider, { type: "range", max: wave.shape[0] - 1, value: 0 });
      const show = () => {
        const at = this.slider.value;
        output.textContent = `wave[${at}] is ${wave.data[at].toFixed(3)}`;
      };
      this.slider.addEventListener("input", show);
      label.append("Entry ", this.slider, " ", output);
      this.append(label);
      show();
    }
  });
