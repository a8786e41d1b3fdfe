(() => {
  "use strict";
  const pack = JSON.parse(document.getElementById("pack").textContent);
  const DAY = 86400000;
  const THIN = 5; // customers below which a channel's CAC is a guess
  const [LIMITS_FROM, LIMITS_UPTO] = pack.about.limits_from; // earlier periods that draw limits, at least and at most
  const SPARK = { week: 13, month: 12 };
  const $ = (selector, within = document) => within.querySelector(selector);
  const time = (iso) => Date.parse(`${iso}T00:00:00Z`);
  const firstDay = time(pack.first_day);
  const dayNo = (iso) => Math.round((time(iso) - firstDay) / DAY);
  const asOf = dayNo(pack.about.as_of);
  const measures = new Map(pack.measures.map((one) => [one.key, one]));
  const form = document.forms.filters;

  // ---- numbers -------------------------------------------------------------------------------------------------
  const parts = new Map();
  const membersOf = { channel: new Set(), segment: new Set() };
  for (const part of pack.parts) {
    let day = 0;
    const days = part.days.map((step, no) => (day = no ? day + step : step));
    parts.set(`${part.measure}|${part.cut}|${part.member}`, { days, num: part.num, den: part.den });
    if (part.cut) membersOf[part.cut].add(part.member);
  }
  const cutsOf = new Set(pack.parts.map((part) => `${part.measure}|${part.cut}`));
  const cells = new Map();
  for (const { measure, cut, member, grain, rows } of pack.cells) {
    cells.set(`${measure}|${cut}|${member}|${grain}`, new Map(rows.map((row) => [row[0], row])));
  }
  // Measures of which there ever was anything but nought.
  const some = new Set([
    ...pack.parts.filter((part) => part.num.some(Boolean)).map((part) => part.measure),
    ...pack.cells.filter((cell) => cell.rows.some((row) => row[1])).map((cell) => cell.measure),
  ]);
  const shownMeasures = () => pack.measures.filter((measure) => (state.grain === "month" || !measure.monthly_only) && (some.has(measure.key) || !measure.needs_some));
  const chapter = (name) => {
    const found = pack.chapters[name];
    return found ? found.rows.map((row) => Object.fromEntries(found.columns.map((column, no) => [column, row[no]]))) : [];
  };

  const state = { grain: document.body.dataset.edition === "weekly" ? "week" : "month", period: "", cut: "", members: new Set(), trend: "" };
  const periods = () => pack.periods[state.grain];
  const current = () => periods().find((one) => one.period === state.period);
  const chosen = () => (state.cut ? [...state.members] : [""]);

  /** Value of a measure over days, recomputed from its parts. */
  function summed(measure, from, to) {
    let num = 0;
    let den = 0;
    for (const member of chosen()) {
      const part = parts.get(`${measure.key}|${state.cut}|${member}`);
      if (!part) continue;
      for (let no = 0; no < part.days.length && part.days[no] <= to; no += 1) {
        if (part.days[no] < from) continue;
        num += part.num[no] ?? 0;
        den += part.den ? (part.den[no] ?? 0) : 0;
      }
    }
    return measure.is_ratio ? { value: den ? num / den : null, n: den } : { value: num, n: num };
  }

  /** Published cells, where days say nothing; undefined where there are none or several that do not add up. */
  function published(measure, period) {
    const rows = chosen().map((member) => cells.get(`${measure.key}|${state.cut}|${member}|${state.grain}`)?.get(period.period)).filter(Boolean);
    if (rows.length === 1) return { value: rows[0][1], n: rows[0][2] };
    if (!rows.length || !measure.is_additive) return undefined;
    return { value: rows.reduce((sum, row) => sum + (row[1] ?? 0), 0), n: rows.reduce((sum, row) => sum + row[2], 0) };
  }

  function valueOf(measure, period, days) {
    if (!cutsOf.has(`${measure.key}|${state.cut}`)) return days === undefined ? published(measure, period) : undefined;
    const from = dayNo(period.period);
    return summed(measure, from, days === undefined ? Math.min(dayNo(period.last), asOf) : from + days - 1);
  }

  const isMature = (measure, period) =>
    cells.get(`${measure.key}|||${state.grain}`)?.get(period.period)?.[4] !== 0;

  function earlier(period, count) {
    const all = periods();
    const at = all.indexOf(period);
    return all.slice(Math.max(at - count, 0), at);
  }

  /** XmR limits from the complete, mature periods before one; null while there are too few. */
  function limits(measure, period) {
    const values = earlier(period, LIMITS_UPTO)
      .filter((one) => one.complete && isMature(measure, one))
      .map((one) => valueOf(measure, one)?.value)
      .filter((value) => value !== null && value !== undefined);
    if (values.length < LIMITS_FROM) return null;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const moves = values.slice(1).map((value, no) => Math.abs(value - values[no]));
    const width = (pack.about.xmr_multiplier * moves.reduce((sum, move) => sum + move, 0)) / moves.length;
    return { mean, lower: mean - width, upper: mean + width };
  }

  // ---- words ---------------------------------------------------------------------------------------------------
  const meaning = (kpi) => pack.meanings[kpi] ?? { name: kpi, formula: "", unit: "count", better: "neither" };
  const words = (text) => String(text).replaceAll("_", " ");
  const sentence = (name) => words(name).replace(/\b(cm\d|cac)\b/g, (short) => short.toUpperCase()).replace(/^./, (letter) => letter.toUpperCase());
  const monthName = new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" });
  const periodName = (grain, iso) => (grain === "month" ? monthName.format(time(iso)) : grain === "year" ? iso.slice(0, 4) : `week of ${iso}`);
  const decimals = (least, most) => new Intl.NumberFormat("en", { minimumFractionDigits: least, maximumFractionDigits: most });
  const money = (digits) => new Intl.NumberFormat("en", { style: "currency", currency: pack.about.currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
  function shown(value, kpi) {
    if (value === null || value === undefined) return "–";
    const { unit } = meaning(kpi);
    if (unit === "ratio") return pack.about.multiples.includes(kpi) ? decimals(2, 2).format(value) : `${decimals(1, 1).format(value * 100)} %`;
    if (unit === "currency") return money(Math.abs(value) < 1000 ? 2 : 0).format(value);
    return decimals(0, unit === "count" || unit === "minutes" ? 0 : 1).format(value);
  }
  const variantName = (measure) => {
    const known = { order_basis: "", new_customers: "new customers", cohort_person: "MQL → SQL, persons", business_median: "working minutes, median" };
    return known[measure.variant] ?? words(measure.variant);
  };
  const title = (measure) => (measure.variant === "new_customers" ? "New customers" : meaning(measure.kpi).name);

  function element(tag, content = "", attributes = {}) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...[content].flat());
    return made;
  }

  const DATE = /^\d{4}-\d{2}-\d{2}$/;
  function table(caption, columns, rows) {
    const head = element("tr", columns.map((column) => element("th", column.name, { scope: "col", class: column.number ? "number" : "" })));
    const body = rows.map((row) => element("tr", row.map((cell, no) => element("td", cell ?? "–", { class: columns[no].number ? "number" : DATE.test(cell) ? "date" : "" }))));
    return element("div", element("table", [element("caption", caption), element("thead", head), element("tbody", body)]), {
      class: "table", tabindex: "0", role: "region", "aria-label": caption,
    });
  }

  // ---- charts --------------------------------------------------------------------------------------------------
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const isNarrow = () => matchMedia("(max-width: 40rem)").matches;
  const drawn = new Map();

  function draw(holder, spec, description, columns, rows) {
    holder.replaceChildren();
    const canvas = element("div");
    holder.append(canvas);
    const config = {
      background: "transparent", font: "system-ui, sans-serif",
      axis: { labelColor: colour("soft"), titleColor: colour("soft"), gridColor: colour("line"), domainColor: colour("line"), tickColor: colour("line") },
      legend: { labelColor: colour("ink"), titleColor: colour("soft") }, header: { labelColor: colour("ink"), titleColor: colour("soft") },
      view: { stroke: null },
      // What a chart shows is told by its description and its table; a thousand nameless points would tell nothing.
      mark: { aria: false },
    };
    const whole = { $schema: "https://vega.github.io/schema/vega-lite/v6.json", description, width: "container", autosize: { type: "fit-x", contains: "padding" }, ...spec };
    const turn = (drawn.get(holder) ?? 0) + 1;
    drawn.set(holder, turn);
    window.vegaEmbed(canvas, whole, { actions: false, renderer: "svg", config }).then((result) => {
      if (drawn.get(holder) !== turn) result.finalize();
    });
    if (columns) holder.append(element("details", [element("summary", "The same as a table"), table(description, columns, rows)]));
  }

  /** The axis goes on behind the longest bar, where its label stands. */
  function roomForLabels(data) {
    const ends = data.flatMap((one) => [one.from, one.to, 0]);
    const most = Math.max(...ends);
    return { scale: { domainMax: most + (most - Math.min(...ends)) * (isNarrow() ? 0.3 : 0.1), nice: false } };
  }

  const KINDS = { field: "kind", type: "nominal", legend: null };
  /** Bars from one value to another, each with its label; by default coloured by what they do to a level. */
  const bars = (data, { axis = roomForLabels(data), color } = {}) => ({
    height: 26 * data.length, data: { values: data },
    encoding: { y: { field: "step", type: "nominal", sort: null, title: null, axis: { labelLimit: 220 } } },
    layer: [
      {
        mark: { type: "bar", cornerRadius: 2 },
        encoding: {
          x: { field: "from", type: "quantitative", title: null, ...axis }, x2: { field: "to" },
          color: color ?? { ...KINDS, scale: { domain: ["level", "up", "down"], range: [colour("accent"), colour("good"), colour("bad")] } },
        },
      },
      { mark: { type: "text", align: "left", dx: 4, color: colour("ink") }, encoding: { x: { field: "edge", type: "quantitative" }, text: { field: "label" } } },
    ],
  });

  /** Steps from a level over changes to another level, as bars that begin where the last one ended. */
  function waterfall(row, steps, kpi) {
    let level = 0;
    return steps.filter(([field, , isLevel]) => isLevel || row[field]).map(([field, name, isLevel]) => {
      const from = isLevel ? 0 : level;
      level = isLevel ? row[field] : level + row[field];
      return { step: name, from, to: level, edge: Math.max(from, level), value: row[field], label: shown(row[field], kpi), kind: isLevel ? "level" : row[field] < 0 ? "down" : "up" };
    });
  }
  const stepTable = (data) => [[{ name: "Step" }, { name: "Amount", number: true }], data.map((one) => [one.step, one.label])];

  // ---- chapters ------------------------------------------------------------------------------------------------
  function show(id, data, fill) {
    const section = document.getElementById(id);
    section.hidden = data.length === 0;
    if (data.length) fill(section);
  }
  const here = (row) => row.grain === state.grain && row.period === state.period;

  function tile(measure) {
    const period = current();
    const now = valueOf(measure, period);
    if (now === undefined || periods().every((one) => (valueOf(measure, one)?.value ?? null) === null)) return null;
    const whole = period.complete;
    const days = whole ? undefined : asOf - dayNo(period.period) + 1;
    const [before] = earlier(period, 1);
    const then = before && (measure.adds_up || whole) ? valueOf(measure, before, days) : undefined;
    const found = [element("h3", title(measure)), element("div", shown(now.value, measure.kpi), { class: "value", "data-value": String(now.value) })];
    const variant = variantName(measure);
    if (variant && variant !== "new customers") found.push(element("span", variant, { class: "unit" }));
    if (then && then.value !== null) {
      const what = whole ? periodName(state.grain, before.period) : `the same ${days} days of ${periodName(state.grain, before.period)}`;
      found.push(element("small", `${shown(then.value, measure.kpi)} in ${what}`));
    }
    const marks = [];
    const mature = isMature(measure, period);
    const range = limits(measure, period);
    if (!whole) marks.push(["young", "period not over"]);
    else if (!mature) marks.push(["young", "cohort not mature"]);
    else if (range && now.value !== null && (now.value < range.lower || now.value > range.upper)) marks.push(["signal", "signal: outside limits"]);
    if (measure.is_ratio && measure.adds_up && now.n < THIN) marks.push(["young", `only ${decimals(0, 2).format(now.n)} counted`]);
    const target = state.cut ? undefined : chapter("targets").find((row) => row.kpi === measure.kpi && row.variant === measure.variant && row.member === measure.stage_pair && row.grain === state.grain && row.period_start === state.period);
    if (target) {
      const verdict = target.is_on_target === null ? "young" : target.is_on_target ? "met" : "miss";
      marks.push([verdict, `target ${shown(target.target, measure.kpi)}${target.is_on_target === null ? "" : target.is_on_target ? ": on it" : ": off it"}`]);
    }
    found.push(element("span", marks.flatMap(([kind, text]) => [element("span", text, { class: `mark ${kind}` }), " "])));
    const line = sparkline([...earlier(period, SPARK[state.grain] - 1), period].map((one) => valueOf(measure, one)?.value ?? null));
    if (line) found.push(line);
    const made = element("article", found, { class: "tile", "data-measure": measure.key, title: `${meaning(measure.kpi).name}: ${meaning(measure.kpi).formula}` });
    return made;
  }

  function sparkline(values) {
    const known = values.filter((value) => value !== null);
    if (known.length < 3) return null;
    const [least, most] = [Math.min(...known), Math.max(...known)];
    const y = (value) => (most === least ? 15 : 27 - (24 * (value - least)) / (most - least));
    const x = (no) => (values.length === 1 ? 0 : 2 + (96 * no) / (values.length - 1));
    let pen = "M";
    const path = values.map((value, no) => {
      if (value === null) { pen = "M"; return ""; }
      const step = `${pen}${x(no).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = "L";
      return step;
    }).join("");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    for (const [name, value] of [["viewBox", "0 0 100 30"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    line.setAttribute("class", "spark");
    svg.append(line);
    return svg;
  }

  function drawTiles() {
    const made = shownMeasures().map(tile).filter(Boolean);
    $("#numbers [data-tiles]").replaceChildren(...made);
    const missing = state.cut ? shownMeasures().filter((measure) => !made.some((one) => one.dataset.measure === measure.key)) : [];
    const period = current();
    const told = [];
    if (!period.complete) told.push(`${periodName(state.grain, period.period)} is not over: numbers until ${pack.about.as_of}, compared with the same days before.`);
    if (missing.length) told.push(`Not published by ${state.cut}, or not addable over several: ${missing.map(title).join(", ")}.`);
    $("#note").textContent = told.join(" ");
  }

  function drawTrend() {
    const able = shownMeasures().filter((measure) => periods().filter((one) => one.complete && (valueOf(measure, one)?.value ?? null) !== null).length >= LIMITS_FROM);
    show("trend", able, (section) => {
      const select = $("select", section);
      if (!able.some((measure) => measure.key === state.trend)) state.trend = able[0].key;
      select.replaceChildren(...able.map((measure) => element("option", title(measure), { value: measure.key })));
      select.value = state.trend;
      const measure = measures.get(state.trend);
      const upTo = [...earlier(current(), LIMITS_UPTO), current()];
      const range = limits(measure, current());
      const data = upTo.map((one) => ({ day: one.period, value: valueOf(measure, one)?.value ?? null, complete: one.complete && isMature(measure, one) }));
      const rule = (value, dash) => ({ data: { values: [{ at: value }] }, mark: { type: "rule", color: colour("soft"), strokeDash: dash }, encoding: { y: { field: "at", type: "quantitative" } } });
      draw($("[data-chart]", section), {
        height: 220,
        layer: [
          ...(range ? [rule(range.mean, [1, 0]), rule(range.lower, [4, 4]), rule(range.upper, [4, 4])] : []),
          {
            data: { values: data },
            encoding: { x: { field: "day", type: "temporal", title: null, scale: { type: "utc" }, axis: { format: state.grain === "month" ? "%b %y" : "%d %b %y", labelOverlap: true } }, y: { field: "value", type: "quantitative", title: null, scale: { zero: false } } },
            layer: [
              { mark: { type: "line", color: colour("accent"), interpolate: "linear", invalid: "break-paths-show-path-domains" } },
              { mark: { type: "point", size: 50, color: colour("accent"), filled: true }, transform: [{ filter: "datum.complete" }] },
              { mark: { type: "point", size: 50, color: colour("accent"), filled: false }, transform: [{ filter: "!datum.complete" }] },
            ],
          },
        ],
      }, `${title(measure)} by ${state.grain}; hollow where the period is not over or its cohort not mature`, [{ name: words(state.grain) }, { name: title(measure), number: true }], data.map((one) => [periodName(state.grain, one.day), shown(one.value, measure.kpi)]));
    });
  }

  function drawFunnel() {
    const order = ["lead>mql", "mql>sal", "sal>sql", "sql>opportunity", "opportunity>won"];
    const rows = chapter("funnel").filter((row) => here(row) && row.stage_pair !== "mql>sql").sort((a, b) => order.indexOf(a.stage_pair) - order.indexOf(b.stage_pair));
    show("funnel", rows, (section) => {
      const data = rows.map((row) => ({ step: row.stage_pair.replace(">", " → "), from: 0, to: row.numerator / row.denominator, edge: row.numerator / row.denominator, kind: "level", label: `${decimals(1, 1).format((100 * row.numerator) / row.denominator)} % (${row.numerator} of ${row.denominator})${row.is_mature ? "" : ", not mature"}` }));
      // Room to the right of a full bar for its label.
      const axis = { axis: { format: "%", values: [0, 0.5, 1] }, scale: { domain: [0, isNarrow() ? 2.8 : 1.8] } };
      draw($("[data-chart]", section), bars(data, { axis }), `Cohort conversion, ${periodName(state.grain, state.period)}`, [{ name: "Step" }, { name: "Converted", number: true }], data.map((one) => [one.step, one.label]));
      const curves = chapter("curves");
      $("[data-curves]", section).hidden = !curves.length;
      if (curves.length) {
        draw($("[data-curves]", section), {
          height: 200, data: { values: curves.map((row) => ({ ...row, cohort: `${periodName("month", row.period)} (${row.cohort_size})` })) },
          mark: { type: "line", interpolate: "step-after" },
          encoding: { x: { field: "day", type: "quantitative", title: "days since MQL" }, y: { field: "incidence", type: "quantitative", title: null, axis: { format: "%" } }, color: { field: "cohort", type: "nominal", sort: null, title: "MQL cycles of", legend: { orient: "bottom", columns: 3 } } },
        }, "Share of MQL cycles that reached SQL by day, adjusted for those that are too young, by month");
      }
    });
  }

  function drawChannels() {
    const rows = chapter("channels").filter((row) => row.period <= state.period && (!state.cut || state.cut !== "channel" || state.members.has(row.channel)));
    show("channels", rows, (section) => {
      const data = rows.map((row) => ({ ...row, channel: words(row.channel), thin: (row.customers ?? 0) < THIN }));
      draw($("[data-chart]", section), {
        width: 210, autosize: "pad", data: { values: data }, columns: isNarrow() ? 1 : 4,
        facet: { field: "channel", type: "nominal", title: null }, resolve: { scale: { y: "independent" } },
        spec: {
          width: 190, height: 120,
          encoding: { x: { field: "period", type: "temporal", title: null, scale: { type: "utc" }, axis: { tickCount: { interval: "month", step: Math.max(1, Math.ceil(new Set(rows.map((row) => row.period)).size / 4)) }, format: "%b %y" } } },
          layer: [
            { mark: { type: "line", color: colour("accent"), invalid: "break-paths-show-path-domains" }, encoding: { y: { field: "cac", type: "quantitative", title: null } } },
            { transform: [{ filter: "!datum.thin" }], mark: { type: "point", filled: true, color: colour("accent"), size: 35 }, encoding: { y: { field: "cac", type: "quantitative" } } },
            { transform: [{ filter: "datum.thin" }], mark: { type: "point", filled: false, color: colour("accent"), size: 35 }, encoding: { y: { field: "cac", type: "quantitative" } } },
            { mark: { type: "line", color: colour("bad"), strokeDash: [4, 3], invalid: "break-paths-show-path-domains" }, encoding: { y: { field: "break_even_cac", type: "quantitative" } } },
          ],
        },
      }, "CAC by channel (line) and break-even CAC (dashed), months", [{ name: "Month" }, { name: "Channel" }, { name: "Spend", number: true }, { name: "Customers", number: true }, { name: "CAC", number: true }, { name: "Break-even CAC", number: true }], rows.filter((row) => row.period === state.period || state.grain === "week").slice(-12).map((row) => [periodName("month", row.period), words(row.channel), shown(row.spend, "spend"), shown(row.customers, "orders"), shown(row.cac, "cac_channel"), shown(row.break_even_cac, "break_even_cac")]));
    });
  }

  const MARGIN = [["net_revenue", "Net revenue", true], ["cogs", "Cost of goods"], ["cm1", "CM1", true], ["variable_cost", "Fulfilment, fees"], ["cm2", "CM2", true], ["direct_marketing", "Direct marketing"], ["cm3", "CM3", true]];
  function drawMargin() {
    const rows = chapter("margin").filter((row) => here(row) && row.dimension === state.cut && chosen().includes(row.member));
    show("margin", rows, (section) => {
      const sum = Object.fromEntries(MARGIN.map(([field]) => [field, rows.every((row) => row[field] === null) ? null : rows.reduce((total, row) => total + (row[field] ?? 0), 0)]));
      const data = waterfall(sum, MARGIN.filter(([field]) => sum[field] !== null), "cm2");
      const unknown = rows.reduce((total, row) => total + (row.orders_missing_cost ?? 0), 0);
      draw($("[data-chart]", section), bars(data), `Contribution margin, ${periodName(state.grain, state.period)}${unknown ? `; ${unknown} orders do not know their cost and are left out of CM1 to CM3` : ""}`, ...stepTable(data));
    });
  }

  function drawBreakEven() {
    const year = state.period.slice(0, 4);
    const rows = chapter("break_even");
    const months = rows.filter((row) => row.grain === "month" && row.period.startsWith(year) && row.cost_to_cover !== null);
    show("break_even", months, (section) => {
      const whole = rows.find((row) => row.grain === "year" && row.period.startsWith(year));
      let [earned, owed] = [0, 0];
      const data = months.flatMap((row) => {
        earned += row.cm2 ?? 0;
        owed += row.cost_to_cover;
        const until = pack.periods.month.find((one) => one.period === row.period)?.last ?? row.period;
        const at = { month: row.period, until: until < pack.about.as_of ? until : pack.about.as_of };
        return [{ ...at, what: "CM2 so far", value: earned }, { ...at, what: "cost to cover so far", value: owed }];
      });
      $("[data-text]", section).textContent = !whole ? "" : whole.sustained_break_even_date
        ? `${year} has covered its cost since ${whole.sustained_break_even_date}, the upright line${whole.break_even_date !== whole.sustained_break_even_date ? ` (for the first time on ${whole.break_even_date})` : ""}; margin of safety ${shown(whole.margin_of_safety, "repeat_share")}.`
        : `${year} has not covered its cost yet${whole.break_even_units_left ? `: ${decimals(0, 0).format(whole.break_even_units_left)} orders are missing at the present CM2 per order` : ""}.`;
      const legend = { orient: "top" };
      // Sums stand at the end of their months, so that the day of break-even lies between them.
      const x = (field) => ({ field, type: "temporal", title: null, scale: { type: "utc" }, axis: { format: "%d %b", labelOverlap: true } });
      draw($("[data-chart]", section), {
        height: 220,
        layer: [
          { data: { values: [{ day: whole?.sustained_break_even_date ?? null }].filter((one) => one.day) }, mark: { type: "rule", color: colour("good") }, encoding: { x: x("day") } },
          {
            data: { values: data }, mark: { type: "line", point: true },
            encoding: { x: x("until"), y: { field: "value", type: "quantitative", title: null }, color: { field: "what", type: "nominal", title: null, scale: { range: [colour("accent"), colour("bad")] }, legend }, strokeDash: { field: "what", type: "nominal", title: null, legend, scale: { range: [[1, 0], [5, 4]] } } },
          },
        ],
      }, `CM2 against the cost to cover, added up over ${year}`, [{ name: "Month" }, { name: "What" }, { name: "So far", number: true }], data.map((one) => [periodName("month", one.month), one.what, shown(one.value, "cm2")]));
    });
  }

  function drawTables() {
    const month = `${state.period.slice(0, 7)}-01`;
    const budgets = chapter("budgets").filter((row) => row.period_start <= state.period && row.period_end >= state.period && row.line);
    show("budgets", budgets, (section) => $("[data-table]", section).replaceChildren(table(`Budget lines in ${periodName("month", month)}, each over its own period`, [{ name: "Line" }, { name: "Until" }, { name: "Budget", number: true }, { name: "Planned so far", number: true }, { name: "Spent", number: true }, { name: "Pacing", number: true }, { name: "Committed", number: true }, { name: "Forecast", number: true }, { name: "To spend a day", number: true }], budgets.map((row) => [row.line, row.period_end, shown(row.budget, "spend"), shown(row.planned_to_date, "spend"), shown(row.actual_to_date, "spend"), row.pacing_index === null ? "–" : decimals(2, 2).format(row.pacing_index), shown(row.committed, "spend"), shown(row.forecast_eop, "spend"), row.days_left ? shown(row.required_daily_spend, "spend") : "–"]))));
    const targets = chapter("targets").filter((row) => row.grain === state.grain && row.period_start === state.period);
    show("targets", targets, (section) => $("[data-table]", section).replaceChildren(table("Targets of the period", [{ name: "KPI" }, { name: "Actual", number: true }, { name: "Target", number: true }, { name: "Verdict" }], targets.map((row) => [`${meaning(row.kpi).name}${row.member ? ` (${row.member.replace(">", " → ")})` : ""}`, shown(row.actual, row.kpi), shown(row.target, row.kpi), row.is_on_target === null ? "too early to say" : row.is_on_target ? "on target" : "off target"]))));
    const promises = chapter("promises").filter((row) => row.month === month);
    show("promises", promises, (section) => $("[data-table]", section).replaceChildren(table(`Commitments, ${periodName("month", month)}: ${promises.filter((row) => row.is_due && row.is_kept).length} of ${promises.filter((row) => row.is_due).length} kept`, [{ name: "Team" }, { name: "Commitment" }, { name: "Due" }, { name: "Kept" }], promises.map((row) => [row.owner_team, row.commitment, row.due_date, row.is_due ? (row.is_kept ? "kept" : "not kept") : `not due: ${words(row.not_due_because ?? "later")}`]))));
    const moved = chapter("restatements");
    show("restatements", moved, (section) => $("[data-table]", section).replaceChildren(table(`Closed months that moved since ${moved[0].version_before}`, [{ name: "KPI" }, { name: "Month" }, { name: "Before", number: true }, { name: "After", number: true }, { name: "Cause" }, { name: "Part of it", number: true }], moved.map((row) => [`${meaning(row.kpi).name}${row.variant ? `, ${words(row.variant)}` : ""}`, periodName("month", row.period), shown(row.value_before, row.kpi), shown(row.value_after, row.kpi), words(row.cause), shown(row.contribution, row.kpi)]))));
    const owner = chapter("owner").filter((row) => row.month === month);
    // Whoever has no funnel needs no more than these; with one they would say twice what the tiles say.
    show("owner", chapter("funnel").length ? [] : owner, (section) => $(".tiles", section).replaceChildren(...owner.map((row) => element("article", [element("h3", sentence(row.measure) + (row.member ? ` ${words(row.member)}` : "")), element("div", shown(row.value, row.kpi), { class: "value" })], { class: "tile" }))));
  }

  /** Decisions as they stood at the end of the period: what is not closed by then, and what was closed within it. */
  function drawDecisions() {
    const { period: first, last } = current();
    const end = last < pack.about.as_of ? last : pack.about.as_of;
    const within = (day) => day !== null && first <= day && day <= end;
    const rows = chapter("decisions")
      .filter((row) => row.decided_date <= end && (row.closed_date === null || row.closed_date >= first))
      .map((row) => {
        const isClosed = row.closed_date !== null && row.closed_date <= end;
        const isOverdue = !isClosed && row.due_date !== null && row.due_date <= end;
        return { ...row, state: isClosed ? "closed" : isOverdue ? "overdue" : "open", isNew: within(row.decided_date), isDue: within(row.due_date) };
      });
    const order = ["overdue", "open", "closed"];
    rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.due_date ?? "9").localeCompare(b.due_date ?? "9"));
    show("decisions", rows, (section) => {
      const count = (test) => rows.filter(test).length;
      const told = `${count((row) => row.isNew)} new, ${count((row) => row.isDue)} due, ${count((row) => row.state === "closed")} closed, ${count((row) => row.state === "overdue")} overdue`;
      const mark = { overdue: "miss", open: "young", closed: "met" };
      $("[data-table]", section).replaceChildren(table(`Decisions, ${periodName(state.grain, first)}: ${told}`, [{ name: "State" }, { name: "Decision" }, { name: "Team" }, { name: "Decided" }, { name: "Due" }, { name: "Closed" }, { name: "Note" }], rows.map((row) => [
        [element("span", row.state, { class: `mark ${mark[row.state]}` }), row.isNew ? " new" : ""], row.decision, row.owner_team,
        row.decided_date, row.due_date, row.state === "closed" ? row.closed_date : null, row.note,
      ])));
    });
  }

  function drawHandoff() {
    const rows = chapter("handoff").filter((row) => row.grain === state.grain && row.period <= state.period).slice(-LIMITS_UPTO);
    show("handoff", state.cut ? [] : rows, (section) => {
      const data = rows.map((row) => ({ ...row, period: periodName(state.grain, row.period) })).flatMap((row) => [{ period: row.period, what: "in time", value: row.numerator }, { period: row.period, what: "too late", value: row.denominator - row.numerator }]);
      draw($("[data-chart]", section), {
        height: 180, data: { values: data }, mark: "bar",
        encoding: { x: { field: "period", type: "ordinal", sort: null, title: null, axis: { labelAngle: -45, labelOverlap: true } }, y: { field: "value", type: "quantitative", title: "MQL cycles due" }, color: { field: "what", type: "nominal", title: null, scale: { domain: ["in time", "too late"], range: [colour("accent"), colour("bad")] }, legend: { orient: "top" } } },
      }, `MQL cycles that were due, by ${state.grain}`, [{ name: words(state.grain) }, { name: "In time", number: true }, { name: "Due", number: true }], rows.map((row) => [periodName(state.grain, row.period), shown(row.numerator, "leads"), shown(row.denominator, "leads")]));
    });
  }

  const PIPELINE = [["open_start", "Open at the start", true], ["created", "Created"], ["reopened", "Reopened"], ["amount_changes", "Amount changed"], ["fx_revaluation", "Exchange rates"], ["won", "Won"], ["lost", "Lost"], ["deleted", "Deleted"], ["open_end", "Open at the end", true]];
  const GAP = [["marketing_amount", "Marketing CRM", true], ["only_in_marketing", "Only in marketing"], ["only_in_sales", "Only in sales"], ["ambiguous", "Ambiguous"], ["pending", "Too young to judge"], ["amount_differences", "Other amount"], ["currency_differences", "Other currency"], ["rate_differences", "Other rate"], ["status_differences", "Other status"], ["sales_amount", "Sales CRM", true]];
  function drawBridges() {
    const rows = state.cut ? [] : chapter("pipeline").filter(here);
    show("pipeline", rows, (section) => {
      const data = waterfall(rows[0], PIPELINE, "open_pipeline");
      draw($("[data-chart]", section), bars(data), `Open pipeline, ${periodName(state.grain, state.period)}`, ...stepTable(data));
    });
    const pairs = chapter("agreement").filter((row) => row.side === "both");
    show("agreement", pairs, (section) => {
      $("[data-table]", section).replaceChildren(table("Records of both sides, as of the last day", [{ name: "Object" }, { name: "Records", number: true }, { name: "Matched", number: true }, { name: "Ambiguous", number: true }, { name: "Pending", number: true }, { name: "Missing", number: true }, { name: "Match rate", number: true }, { name: "Agree in every field", number: true }], pairs.map((row) => [words(row.object), row.records, row.matched, row.ambiguous, row.pending, row.missing, shown(row.match_rate, "match_rate"), shown(row.agreement_rate, "agreement_rate")].map((cell) => String(cell)))));
      const gap = chapter("gaps").find((row) => row.status === "won");
      $("[data-chart]", section).hidden = !gap;
      if (gap) {
        // The gap is marketing less sales: each part is taken off on the way from the one to the other.
        const turned = Object.fromEntries(GAP.map(([field, , isLevel]) => [field, isLevel ? gap[field] : -gap[field]]));
        const data = waterfall(turned, GAP, "won_amount");
        for (const one of data) one.label = shown(one.value, "cm2");
        draw($("[data-chart]", section), bars(data), "Won amounts, from the marketing CRM to the sales CRM", ...stepTable(data));
      }
    });
  }

  function drawVariance() {
    const rows = chapter("variance").filter((row) => row.period === `${state.period.slice(0, 7)}-01` && state.grain === "month");
    show("variance", state.cut ? [] : rows, (section) => {
      const holder = $("[data-chart]", section);
      holder.replaceChildren();
      for (const kpi of [...new Set(rows.map((row) => row.kpi))]) {
        const ours = rows.filter((row) => row.kpi === kpi);
        const [{ value_before: before, value_after: after, compared_period: than }] = ours;
        const effects = [...new Set(ours.map((row) => row.effect))];
        const data = effects.map((effect) => {
          const value = ours.filter((row) => row.effect === effect).reduce((sum, row) => sum + row.contribution, 0);
          return { step: words(effect), from: 0, to: value, edge: Math.max(0, value), label: `${value < 0 ? "" : "+"}${shown(value, kpi)}`, kind: value < 0 ? "down" : "up" };
        });
        // Whether up is good depends on the KPI, and an effect is neither.
        const spec = bars(data, { color: { value: colour("accent") } });
        const part = element("div");
        holder.append(element("h3", `${meaning(kpi).name}: ${shown(before, kpi)} in ${periodName("month", than)}, ${shown(after, kpi)} in ${periodName("month", state.period)}`), part);
        const largest = [...ours].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)).slice(0, 12);
        draw(part, spec, `Why ${meaning(kpi).name} changed`, [{ name: "Effect" }, { name: "Where" }, { name: "Part of the change", number: true }], largest.map((row) => [words(row.effect), words(row.member), shown(row.contribution, kpi)]));
      }
    });
  }

  function drawHealth() {
    const checks = chapter("checks");
    const sources = chapter("sources");
    $("[data-table=checks]").replaceChildren(checks.length ? table("Checks that did not pass", [{ name: "What should hold" }, { name: "Seen" }, { name: "Who can put it right" }, { name: "How" }], checks.map((row) => [row.fact, row.observed, row.owner, row.remedy])) : element("p", "Every check passed."));
    $("[data-table=sources]").replaceChildren(sources.length ? table("What the numbers rest on", [{ name: "Source" }, { name: "Stream" }, { name: "From" }, { name: "Until" }, { name: "Files", number: true }, { name: "Rows", number: true }, { name: "Refused", number: true }], sources.map((row) => [words(row.source), words(row.stream), row.first_day, row.last_day, String(row.files), decimals(0, 0).format(row.rows), decimals(0, 0).format(row.rejected)])) : element("p", "No files."));
  }

  // ---- filters -------------------------------------------------------------------------------------------------
  function fillFilters() {
    form.elements.grain.value = state.grain;
    const select = form.elements.period;
    select.replaceChildren(...[...periods()].reverse().map((one) => element("option", periodName(state.grain, one.period) + (one.complete ? "" : " (not over)"), { value: one.period })));
    if (!current()) state.period = (periods().findLast((one) => one.complete) ?? periods().at(-1)).period;
    select.value = state.period;
    const cut = form.elements.cut;
    for (const [name, members] of Object.entries(membersOf)) {
      if (members.size > 1 && ![...cut.options].some((option) => option.value === name)) cut.append(element("option", name, { value: name }));
    }
    cut.value = state.cut;
    const box = document.getElementById("members");
    box.hidden = !state.cut;
    box.replaceChildren(element("legend", `Only these ${state.cut}s`), ...[...(membersOf[state.cut] ?? [])].sort().map((member) => {
      const tick = element("input", "", { type: "checkbox", name: "member", value: member });
      tick.checked = state.members.has(member);
      return element("label", [tick, ` ${words(member)}`]);
    }));
  }

  function redraw() {
    fillFilters();
    drawTiles();
    drawTrend();
    drawFunnel();
    drawChannels();
    drawMargin();
    drawBreakEven();
    drawTables();
    drawDecisions();
    drawHandoff();
    drawBridges();
    drawVariance();
    drawHealth();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const { name, value, checked } = event.target;
    if (name === "grain") { state.grain = value; state.period = ""; }
    if (name === "period") state.period = value;
    if (name === "cut") { state.cut = value; state.members = new Set(membersOf[value] ?? []); }
    if (name === "member") state.members[checked ? "add" : "delete"](value);
    redraw();
    if (name === "member") $(`#members input[value="${CSS.escape(value)}"]`)?.focus();
  });
  $("#trend select").addEventListener("change", (event) => { state.trend = event.target.value; drawTrend(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = false; }));
  redraw();
  document.documentElement.dataset.ready = "yes";
})();
