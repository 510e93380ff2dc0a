import {AsyncDirective, directive, html, noChange} from './lit.js';

/** Large, so it is fetched with the first chart only; the version is the one of pom.xml. */
const library = () => import('/lib/echarts/6.0.0/dist/echarts.esm.min.js');

/** Colours that stay apart for colour-blind readers (Okabe and Ito), with one more for what is left. */
const PALETTE = ['#d55e00', '#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#8c6bb1', '#999999'];

/** Of a legend, in pixels: a mark, and between one name and the next. */
const LEGEND_MARK = 22;
const LEGEND_GAP = 8;
const LONGEST_NAME = 40;

class Chart extends AsyncDirective {
  #chart = null;
  #option = null;
  #element = null;
  #observer = new ResizeObserver(() => this.#fit());
  #retheme = () => this.#paint();
  #dark = matchMedia('(prefers-color-scheme: dark)');

  update(part, [option]) {
    if (this.#element === null) {
      this.#element = part.element;
      this.#begin();
    }
    if (option !== this.#option) {
      this.#option = option;
      this.#paint();
    }
    return noChange;
  }

  render() {
    return noChange;
  }

  async #begin() {
    const echarts = await library();
    if (!this.isConnected) {
      return;
    }
    this.#chart = echarts.init(this.#element, null, {renderer: 'canvas'});
    this.#observer.observe(this.#element);
    window.addEventListener('themechange', this.#retheme);
    this.#dark.addEventListener('change', this.#retheme);
    this.#paint();
  }

  /** A chart of another width may need more lines for its legend. */
  #fit() {
    this.#chart?.resize();
    this.#paint();
  }

  #paint() {
    if (this.#chart === null) {
      return;
    }
    const style = getComputedStyle(this.#element);
    const [text, muted, line, card] = ['--text', '--muted', '--line', '--card'].map(name => resolved(this.#element, name));
    const fontSize = Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8);
    const lineHeight = Math.round(fontSize * 1.4);
    const axis = {
      axisLabel: {color: muted, hideOverlap: true, fontSize, lineHeight},
      axisLine: {lineStyle: {color: line}},
      axisTick: {lineStyle: {color: line}},
      splitLine: {lineStyle: {color: line}},
    };
    const each = (given, base) => [].concat(given).map(one => ({...base, ...one, axisLabel: {...base.axisLabel, ...one.axisLabel}}));
    const option = this.#option;
    const names = option.legend?.show === false ? [] : option.series.map(series => shortened(series.name));
    const below = (lines(names, fontSize, style.fontFamily, this.#chart.getWidth()) - 1) * (lineHeight + LEGEND_GAP);
    const lowered = grid => (typeof grid.top === 'number' ? {...grid, top: grid.top + below} : grid);
    const grid = option.grid ?? {left: 8, right: 24, top: 40, bottom: 8, containLabel: true};
    this.#element.style.setProperty('--legend', `${below}px`);
    this.#chart.setOption({
      color: PALETTE,
      textStyle: {fontFamily: style.fontFamily, fontSize, color: muted},
      aria: {enabled: true},
      useUTC: true,
      animation: false,
      ...option,
      grid: Array.isArray(grid) ? grid.map(lowered) : lowered(grid),
      // Drawn, not HTML: names in it come from mail traces.
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        confine: true,
        backgroundColor: card,
        borderColor: line,
        textStyle: {color: text, fontSize, lineHeight},
        ...option.tooltip,
      },
      legend: {top: 0, itemWidth: LEGEND_MARK, itemHeight: fontSize, itemGap: LEGEND_GAP, formatter: shortened, textStyle: {color: text, fontSize, lineHeight}, ...option.legend},
      dataZoom: (option.dataZoom ?? []).map(zoom => ({
        ...zoom,
        borderColor: line,
        backgroundColor: 'transparent',
        fillerColor: 'rgba(128, 140, 160, 0.15)',
        dataBackground: {lineStyle: {color: muted}, areaStyle: {color: line}},
        selectedDataBackground: {lineStyle: {color: muted}, areaStyle: {color: muted}},
        handleStyle: {color: card, borderColor: muted},
        moveHandleStyle: {color: line},
      })),
      series: option.series.map(series => ({
        ...series,
        ...(series.label ? {label: {...series.label, color: text, fontSize}} : {}),
        data: series.data.map(point => (point.itemStyle ? {...point, itemStyle: {color: this.#colour(point.itemStyle.color)}} : point)),
      })),
      xAxis: each(option.xAxis, {...axis, splitLine: {show: false}}),
      yAxis: each(option.yAxis, {
        ...axis,
        axisLine: {show: false},
        axisTick: {show: false},
        nameGap: fontSize,
        nameTextStyle: {color: muted, fontSize, align: 'right', padding: [0, 8, 0, 0]},
      }),
    }, {replaceMerge: ['series', 'xAxis', 'yAxis', 'grid']});
  }

  /** A colour, or the one that a custom property has now. */
  #colour(colour) {
    const [, property] = /^var\((.*)\)$/.exec(colour) ?? [];
    return property ? resolved(this.#element, property) : colour;
  }

  disconnected() {
    this.#observer.disconnect();
    window.removeEventListener('themechange', this.#retheme);
    this.#dark.removeEventListener('change', this.#retheme);
    this.#chart?.dispose();
    this.#chart = null;
  }
}

const draw = directive(Chart);

/** A name that leaves room for others. */
const shortened = name => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

/** In how many lines a legend of these names stands. */
function lines(names, fontSize, fontFamily, width) {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `${fontSize}px ${fontFamily}`;
  let count = 1;
  let used = 0;
  for (const name of names) {
    const wide = LEGEND_MARK + 5 + pen.measureText(name).width;
    if (used > 0 && used + LEGEND_GAP + wide > width - 2 * LEGEND_GAP) {
      count += 1;
      used = 0;
    }
    used += (used > 0 ? LEGEND_GAP : 0) + wide;
  }
  return count;
}

/** A chart with its name; the option is one of ECharts and is drawn anew only when it is another object. */
export const chart = (name, option, height = '') => html`<figure class="chart ${height}" aria-label=${name}><div class="canvas" ${draw(option)}></div></figure>`;

/** The colour that a custom property has in the present theme: canvases cannot read light-dark(). */
function resolved(element, name) {
  const before = element.style.color;
  element.style.color = `var(${name})`;
  const colour = getComputedStyle(element).color;
  element.style.color = before;
  return colour;
}
