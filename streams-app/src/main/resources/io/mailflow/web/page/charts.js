import {html} from '/lib/lit-html/lit-html.js';
import {Directive, directive} from '/lib/lit-html/directive.js';
import {noChange} from '/lib/lit-html/lit-html.js';
import * as echarts from '/lib/echarts/dist/echarts.esm.min.js';

/** Colours that stay apart for colour-blind readers (Okabe and Ito), with one more for what is left. */
const PALETTE = ['#d55e00', '#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#8c6bb1', '#999999'];

class Chart extends Directive {
  #chart = null;
  #observer = null;
  #option = null;
  #retheme = () => this.#paint();

  update(part, [option]) {
    const element = part.element;
    if (this.#chart === null) {
      this.#chart = echarts.init(element, null, {renderer: 'canvas'});
      this.#observer = new ResizeObserver(() => {
        if (!element.isConnected) {
          this.#end();
        } else {
          this.#chart.resize();
        }
      });
      this.#observer.observe(element);
      window.addEventListener('themechange', this.#retheme);
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

  #paint() {
    const style = getComputedStyle(document.documentElement);
    const text = style.getPropertyValue('--muted').trim();
    const line = style.getPropertyValue('--line').trim();
    const axis = {axisLabel: {color: text}, axisLine: {lineStyle: {color: line}}, splitLine: {lineStyle: {color: line}}};
    const option = this.#option;
    this.#chart.setOption({
      color: PALETTE,
      textStyle: {fontFamily: 'inherit', color: text},
      aria: {enabled: true},
      useUTC: true,
      animation: false,
      grid: {left: 8, right: 16, top: 40, bottom: 8, containLabel: true},
      // Drawn, not HTML: names in it come from mail traces.
      tooltip: {trigger: 'axis', renderMode: 'richText', confine: true},
      legend: {type: 'scroll', top: 0, textStyle: {color: text}},
      ...option,
      xAxis: {...axis, ...option.xAxis},
      yAxis: [].concat(option.yAxis).map(each => ({...axis, ...each})),
    }, {notMerge: true});
  }

  #end() {
    this.#observer.disconnect();
    window.removeEventListener('themechange', this.#retheme);
    this.#chart.dispose();
  }
}

const draw = directive(Chart);

/** A chart with its name; the option is one of ECharts and is drawn anew only when it is another object. */
export const chart = (name, option) => html`<figure class="chart" aria-label=${name}><div class="canvas" ${draw(option)}></div></figure>`;

/** Counts over time, one stacked bar series per name. */
export function stackedBars(series) {
  return {
    xAxis: {type: 'time'},
    yAxis: {type: 'value', minInterval: 1},
    series: series.map(({name, points, color}) => ({
      name,
      type: 'bar',
      stack: 'all',
      barMaxWidth: 24,
      data: points,
      ...(color ? {itemStyle: {color}} : {}),
    })),
  };
}
