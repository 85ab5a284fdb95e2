import type { JsonText } from '../../history/events';
import { DATA_FLOW_STEPS, handlerText, type TestStateResponse } from '../../tested-state';
import { html, type Markup, when } from '../markup';
import { readableCause } from '../readable-cause';
import type { Evaluated } from '../state-test/expression';
import { changes } from './changes';
import { payload } from './payload';
import { testBadge } from './status';

/**
 * A state that was tested: how it ended, and what it made of its input step by step.
 * @param visitOutput the output of the visit whose data was used, to compare with
 */
export function testedState(
  { status, error, cause, output, nextState, inspectionData = {} }: TestStateResponse,
  visitOutput?: JsonText,
): Markup {
  const { errorDetails, request, response } = inspectionData;
  const handler = errorDetails && handlerText(errorDetails);
  return html`<p class="verdict">${testBadge(status)}</p>
${nextState || handler ? html`<dl class="facts">${fact('Next state', nextState)}${fact('Handled by', handler)}</dl>` : ''}
${error === undefined ? '' : failure(error, cause)}
${when(output, (text) => payload('Output', text))}
${visitOutput === undefined ? '' : changes('visit', visitOutput, output, OF_VISIT)}
<h3>Data flow</h3>${steps(inspectionData)}
${exchange('Request', request)}${exchange('Response', response)}`;
}

const OF_VISIT = { which: 'from the visit’s output', same: 'The visit had the same output.' };

/** What an expression gave. */
export function evaluated(result: Evaluated): Markup {
  return 'error' in result ? failure(result.error, result.cause) : payload('Value', result.value);
}

const fact = (name: string, value: string | undefined) =>
  when(value || undefined, (text) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`);

/** An error with its cause in words; a cause that holds more is shown in full. */
export function failure(error: string, cause: string | undefined): Markup {
  const words = cause === undefined ? '' : readableCause(cause);
  return html`<div class="problem"><strong>${error}</strong> ${words}</div>${cause === undefined || words === cause ? '' : payload('Cause', cause)}`;
}

/** Each step of the data flow; one that changed nothing takes a line. */
function steps(data: NonNullable<TestStateResponse['inspectionData']>): Markup {
  let before: string | undefined;
  const shown = Object.entries(DATA_FLOW_STEPS).flatMap(([field, label]) => {
    const value = data[field as keyof typeof DATA_FLOW_STEPS];
    if (value === undefined) return [];
    if (typeof value === 'number') return [html`<p class="step">${label}: ${value}</p>`];
    const isSame = value === before && field !== 'result' && field !== 'variables';
    before = value;
    return [isSame ? html`<p class="step">${label}: no change</p>` : payload(label, value)];
  });
  return html`${shown}`;
}

/** An HTTP request or response (API Reference, `InspectionDataRequest`). */
const exchange = (name: string, fields: object | undefined) =>
  when(fields, (content) => payload(name, JSON.stringify(content)));
