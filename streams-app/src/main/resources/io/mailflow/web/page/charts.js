import {AsyncDirective, directive, html, noChange} from './lit.js';

/** Large, so it is fetched with the first chart only; the version is the one of pom.xml. */
const library = () => import('/lib/echarts/6.0.0/dist/echarts.esm.min.js');

/** Colours that stay apart for colour-blind readers (Okabe and Ito), with one more for what is left. */
const PALETTE = ['#d55e00', '#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#8c6bb1', '#999999'];

class Chart extends AsyncDirective {
  #chart = null;
  #option = null;
  #element = null;
  #observer = new ResizeObserver(() => this.#chart?.resize());
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
    this.#chart.setOption({
      color: PALETTE,
      textStyle: {fontFamily: style.fontFamily, fontSize, color: muted},
      aria: {enabled: true},
      useUTC: true,
      animation: false,
      grid: {left: 8, right: 16, top: 40, bottom: 8, containLabel: true},
      ...option,
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
      legend: {type: 'scroll', top: 0, textStyle: {color: text, fontSize}, pageTextStyle: {color: muted}, pageIconColor: muted, pageIconInactiveColor: line, ...option.legend},
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
      series: option.series.map(series => (series.label ? {...series, label: {...series.label, color: text, fontSize}} : series)),
      xAxis: each(option.xAxis, {...axis, splitLine: {show: false}}),
      yAxis: each(option.yAxis, {...axis, axisLine: {show: false}, axisTick: {show: false}}),
    }, {replaceMerge: ['series', 'xAxis', 'yAxis', 'grid']});
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
