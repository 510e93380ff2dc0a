/** The version is part of the address, so that browsers may keep the file; it is the one of pom.xml. */
export {html, noChange, nothing, render, svg} from '/lib/lit-html/3.3.3/lit-html.js';
export {AsyncDirective, directive} from '/lib/lit-html/3.3.3/async-directive.js';
export {repeat} from '/lib/lit-html/3.3.3/directives/repeat.js';
