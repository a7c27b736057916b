/* A reader points at a number of an output, touches it or goes there with the arrow keys: its window
   in the input is outlined, and the sum that makes it stands below.

   `figures.sliding` names the parts of its drawing, `sliding.PART.ROWS.COLUMNS`, and writes each sum
   into the table that follows: there is nothing to compute here, and nothing to look up elsewhere.
   The drawing stays one picture to a screen reader; over its output lies a grid of real cells. */
(function () {
  "use strict";

  var STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  /* One part of a drawing.  Its box comes from the path, which a folded drawing has too. */
  function part(svg, name) {
    var group = svg.querySelector('[id*="-sliding.' + name + '."]');
    var path = group && group.querySelector("path");
    var counts = group && /\.(\d+)\.(\d+)$/.exec(group.id);
    var points = path && (path.getAttribute("d").match(/-?[\d.]+/g) || []).map(Number);
    if (!counts || !points.length) { return null; }
    var across = points.filter(function (_, n) { return n % 2 === 0; });
    var down = points.filter(function (_, n) { return n % 2 === 1; });
    var left = Math.min.apply(null, across), top = Math.min.apply(null, down);
    return {
      group: group, left: left, top: top, rows: Number(counts[1]), columns: Number(counts[2]),
      width: (Math.max.apply(null, across) - left) / counts[2],
      height: (Math.max.apply(null, down) - top) / counts[1]
    };
  }

  function make(name, className, attributes) {
    var element = document.createElement(name);
    element.className = className;
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    return element;
  }

  function share(length, whole) { return 100 * length / whole + "%"; }

  function shift(group, across, down) {
    group.setAttribute("transform", "translate(" + across + " " + down + ")");
  }

  /* Lay a cell over every number of the output. */
  function cover(grid, output, view, lines) {
    var cells = [];
    for (var r = 0; r < output.rows; r += 1) {
      var row = grid.appendChild(make("div", "figures-row", { role: "row" }));
      for (var c = 0; c < output.columns; c += 1) {
        var name = lines[cells.length].cells[0].textContent;
        var cell = row.appendChild(
          make("div", "figures-cell", { role: "gridcell", tabindex: "-1", "aria-label": name }));
        cell.style.left = share(output.left + c * output.width - view.x, view.width);
        cell.style.top = share(output.top + r * output.height - view.y, view.height);
        cell.style.width = share(output.width, view.width);
        cell.style.height = share(output.height, view.height);
        cells.push(cell);
      }
    }
    return cells;
  }

  function enliven(svg) {
    var parts = ["input", "output", "window", "cell"].map(function (name) { return part(svg, name); });
    var figure = svg.closest("figure");
    var words = figure && figure.nextElementSibling;
    var lines = words ? words.querySelectorAll("tbody tr") : [];
    var complete = parts.every(Boolean) && lines.length === parts[1].rows * parts[1].columns;
    if (!complete) { return; }
    var input = parts[0], output = parts[1], stride = parts[2], first = parts[3];

    var stage = make("div", "figures-stage", {});
    svg.replaceWith(stage);
    stage.append(svg);
    var grid = stage.appendChild(
      make("div", "figures-grid", { role: "grid", "aria-label": "Output, cell by cell" }));
    var cells = cover(grid, output, svg.viewBox.baseVal, lines);
    var said = make("p", "figures-sum", { "aria-live": "polite" });
    var hint = make("p", "figures-hint", {});
    hint.textContent = matchMedia("(hover: hover)").matches
      ? "Point at the output, or use the arrow keys."
      : "Touch a number of the output.";
    stage.after(said, hint);

    function sum(n) {
      return lines[n].cells[0].textContent + " = " + lines[n].cells[2].textContent;
    }

    function show(row, column) {
      var chosen = row * output.columns + column;
      var across = column - first.columns, down = row - first.rows;
      shift(stride.group, across * stride.columns * input.width, down * stride.rows * input.height);
      shift(first.group, across * output.width, down * output.height);
      cells.forEach(function (cell, n) {
        cell.tabIndex = n === chosen ? 0 : -1;
        cell.setAttribute("aria-selected", String(n === chosen));
      });
      if (said.firstChild.textContent !== sum(chosen)) { said.firstChild.textContent = sum(chosen); }
    }

    function point(event) {
      var n = cells.indexOf(event.target);
      if (n >= 0) { show(Math.floor(n / output.columns), n % output.columns); }
    }

    function press(event) {
      var n = cells.indexOf(event.target), step = STEPS[event.key];
      if (event.key === "Escape") {
        show(first.rows, first.columns);
        event.target.blur();
      } else if (step && n >= 0 && !event.altKey && !event.ctrlKey && !event.metaKey) {
        var row = Math.floor(n / output.columns) + step[0], column = n % output.columns + step[1];
        event.preventDefault(); // the page stays where it is
        if (row >= 0 && row < output.rows && column >= 0 && column < output.columns) {
          cells[row * output.columns + column].focus();
        }
      }
    }

    said.append(document.createElement("span"));
    // the longest sum, unseen, keeps the place for all
    said.dataset.longest = Array.from(lines, function (_, n) { return sum(n); }).reduce(
      function (one, other) { return other.length > one.length ? other : one; });
    show(first.rows, first.columns);
    ["pointerover", "pointerdown", "focusin"].forEach(function (kind) {
      grid.addEventListener(kind, point);
    });
    grid.addEventListener("keydown", press);
  }

  document.querySelectorAll('svg [id*="-sliding.output."]').forEach(function (output) {
    enliven(output.ownerSVGElement);
  });
})();
