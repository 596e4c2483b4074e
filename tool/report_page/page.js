'use strict';
// The data of the page --> what is looked at. Text of programs goes in as text, never as HTML. Nothing is drawn before
// somebody opens it: a report may hold many thousands of tests.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const at_once = 200; // tests that a program shows before it asks

  // --- elements

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {}))
      if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value === true ? '' : value);
    made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ''));
    return made;
  }
  const by_id = (id) => document.getElementById(id);
  const span = (kind, ...text) => element('span', { class: kind }, ...text);
  const badge = (kind, text) => span('badge ' + kind, text);
  const counted = (count, one, many) => count.toLocaleString('en') + ' ' + (count === 1 ? one : many);

  /** Calls make() for the content of a details element when it is opened first. */
  function when_open(details, make) {
    const fill = () => {
      if (details.dataset.filled || !details.open) return;
      details.dataset.filled = 'yes';
      details.append(...[make()].flat(Infinity));
    };
    details.addEventListener('toggle', fill);
    fill();
    return details;
  }

  // --- places: what all files have in common is not said each time

  const root = (() => {
    const called = data.tests.flatMap((test) => [test.file, ...test.call_sites.map((one) => one.call_site.file || '')]);
    const paths = [...data.files.map((file) => file.path), ...called].filter((path) => path.startsWith('/'));
    if (paths.length === 0) return '';
    let common = paths[0].slice(0, paths[0].lastIndexOf('/') + 1);
    for (const path of paths)
      while (!path.startsWith(common)) common = common.slice(0, common.slice(0, -1).lastIndexOf('/') + 1);
    return common.length > 1 ? common : '';
  })();
  const short = (path) => (root !== '' && path.startsWith(root) ? path.slice(root.length) : path.replace(/^(\.\.?\/)+/, ''));
  const place = (site) => {
    if (!site) return '';
    if (site.file) return short(site.file) + ':' + site.line;
    return site.object ? 'in ' + site.object : 'an unknown place';
  };
  const call_site = (site) => place(site) + (site && site.function ? ' in ' + site.function : '');

  // --- the tests

  const outcome_words = { passed: 'passed', failed: 'failed', skipped: 'skipped', unfinished: 'did not end', outside: 'no test' };
  const outcomes = ['failed', 'unfinished', 'passed', 'skipped', 'outside'].filter((one) => data.tests.some((test) => test.outcome === one));
  const name_of = (test) => test.name || (test.outcome === 'outside' ? 'outside of all tests' : 'a test without a name');
  const is_failure = (test) => test.outcome === 'failed' || test.outcome === 'unfinished';
  const is_lost = (one) => one.must_be_asserted && !one.asserted;
  const real_violations = (test) => test.violations.filter((one) => one.fate !== 'expected');
  const allowed_of = (test) => test.timeline.filter((one) => one.answered_by === 'allowed');

  function text_of(test) {
    if (test.text === undefined)
      test.text = [name_of(test), ...test.timeline.map((one) => one.call), ...test.violations.map((one) => one.text)].join('\n').toLowerCase();
    return test.text;
  }

  // --- sequence diagram

  /** The lanes that calls go to: one for each plugin, and for the project's own seams one for each scope. */
  function lane_of(one) {
    if (one.plugin) return one.plugin;
    const scope = one.source.replace(/<.*>/g, '').split('::').slice(0, -1).join('::');
    return scope || 'functions';
  }

  function fields(list) {
    return element('dl', { class: 'fields' }, list.map((field) => [element('dt', {}, field.name), element('dd', {}, field.secret ? '(secret)' : field.value)]));
  }

  function facts_of(one) {
    const parts = [];
    if (one.arguments.length) parts.push(element('h4', {}, one.plugin && one.plugin === one.source ? 'What was recorded' : 'Arguments'), fields(one.arguments));
    if (one.answer.length) parts.push(element('h4', {}, 'Answer'), fields(one.answer));
    parts.push(element('h4', {}, 'Where'), fields([
      { name: 'call site', value: call_site(one.call_site) },
      { name: 'thread', value: one.thread === 'test' ? 'the one of the test' : one.thread },
      { name: 'sandbox', value: one.sandbox ? String(one.sandbox) : 'none' },
      { name: 'answered by', value: { mock: 'a mock', real: 'the real function', allowed: 'the real function, which a rule allows' }[one.answered_by] || one.answered_by },
      { name: 'registered', value: one.registered_at ? place(one.registered_at) : 'nowhere' },
      { name: 'asserted', value: one.asserted ? (one.asserted_at ? place(one.asserted_at) : 'yes') : one.must_be_asserted ? 'never' : 'not, and it need not be' },
    ]));
    return element('div', { class: 'facts' }, parts);
  }

  function answer_text(one) {
    if (!one.finished) return 'has not returned';
    const parts = one.answer.map((field) => field.name + ' ' + (field.secret ? '(secret)' : field.value));
    return parts.length ? parts.join(', ') : one.plugin === one.source ? 'answered' : 'returned';
  }

  function step(one, lanes) {
    const count = lanes.length;
    const from = 1.5 / count;
    const to = (lanes.indexOf(lane_of(one)) + 0.5) / count;
    const stretch = (kind, ...content) => element('div', { class: 'message ' + kind, style: `margin-left:${from * 100}%;width:${(to - from) * 100}%` }, ...content);
    const asserted = one.asserted ? span('', '✓ asserted' + (one.asserted_at ? ' at ' + place(one.asserted_at) : ''))
      : one.must_be_asserted ? span('', badge('bad', 'never asserted'))
      : one.answered_by === 'allowed' ? span('', badge('info', 'allowed')) : span('', 'need not be asserted');
    const about = element('div', { class: 'about', style: `width:calc(${from * 100}% - .5rem)` },
      span('number', '[' + one.sequence + ']'), asserted,
      one.registered_at ? span('', 'mock from ' + place(one.registered_at)) : null,
      one.answered_by === 'real' ? span('', badge('info', 'real call')) : null,
      one.thread !== 'test' ? span('', badge('warn', 'in ' + one.thread)) : null);
    const raised = one.answer.some((field) => field.name === 'raised');
    const details = element('details', {}, element('summary', {}, about,
      stretch('call', element('div', { class: 'label' }, one.call), element('div', { class: 'where' }, call_site(one.call_site))),
      stretch('back' + (raised ? ' raised' : ''), element('div', { class: 'label' }, answer_text(one)))));
    when_open(details, () => facts_of(one));
    return element('li', { class: 'step' + (is_lost(one) ? ' lost' : '') }, details);
  }

  function sequence_of(test) {
    const lanes = ['test', 'code under test', ...new Set(test.timeline.map(lane_of))];
    const steps = element('ol', { 'aria-label': 'Timeline of ' + name_of(test) });
    let sandbox = null;
    for (const one of test.timeline) {
      if (one.sandbox !== sandbox) {
        sandbox = one.sandbox;
        steps.append(element('li', { class: 'box' }, sandbox ? 'sandbox ' + sandbox : 'outside of a sandbox'));
      }
      steps.append(step(one, lanes));
    }
    const lines = lanes.slice(1).map((_, index) => element('div', { class: 'lifeline', 'aria-hidden': 'true', style: `left:${((index + 1.5) / lanes.length) * 100}%` }));
    return element('div', { class: 'sequence' },
      element('div', { class: 'inner', style: `min-width:${11 * lanes.length}rem` }, lines,
        element('div', { class: 'lanes', style: `grid-template-columns:repeat(${lanes.length},1fr)` }, lanes.map((lane) => element('div', {}, lane))), steps));
  }

  // --- one test

  function violation(one) {
    const quiet = one.fate === 'expected' || one.fate === 'note';
    const fate = { swallowed: 'swallowed', answered: 'answered instead of thrown', expected: 'expected by the test', note: 'beside another failure' }[one.fate];
    const headline = one.text.split('\n')[0];
    return element('div', { class: 'violation' + (quiet ? ' quiet' : '') },
      span('kind', one.kind), ' ', fate ? badge(quiet ? '' : 'bad', fate) : null,
      element('pre', {}, headline.startsWith(one.kind + ': ') ? one.text.slice(one.kind.length + 2) : one.text));
  }

  function let_through(test) {
    const calls = test.call_sites.filter((one) => one.let_through);
    if (!calls.length) return [];
    return [element('h3', {}, 'Let through, outside of a sandbox'),
      element('table', {}, element('thead', {}, element('tr', {}, ['seam', 'call site', 'calls'].map((head) => element('th', { scope: 'col' }, head)))),
        element('tbody', {}, calls.map((one) => element('tr', {}, element('td', { class: 'code' }, one.seam), element('td', {}, call_site(one.call_site)), element('td', { class: 'count' }, String(one.let_through))))))];
  }

  function body_of(test) {
    const parts = [];
    if (test.file) parts.push(element('p', { class: 'hint' }, short(test.file)));
    if (test.violations.length) parts.push(element('h3', {}, counted(test.violations.length, 'violation', 'violations')), test.violations.map(violation));
    if (test.timeline.length) parts.push(element('h3', {}, 'Timeline'), sequence_of(test));
    if (test.left_out) parts.push(element('p', { class: 'notice' }, counted(test.left_out, 'interaction more is', 'interactions more are') + ' not shown; what the program described of them is in ' + test.report));
    parts.push(...let_through(test));
    if (!test.violations.length && !test.timeline.length && !test.call_sites.length) parts.push(element('p', { class: 'hint' }, test.outcome === 'unfinished' ? 'What it did is not known: its program ended in it.' : 'It reached no seam.'));
    return element('div', { class: 'body' }, parts);
  }

  function test_row(test) {
    const wrong = real_violations(test).length;
    const allowed = allowed_of(test).length;
    const size = test.timeline.length + (test.left_out || 0);
    const row = element('details', { class: 'test', id: 'test-' + test.index, open: test.opened }, element('summary', {},
      badge('status ' + test.outcome, outcome_words[test.outcome] || test.outcome), span('name', name_of(test)),
      wrong ? badge('bad', counted(wrong, 'violation', 'violations')) : null,
      allowed ? badge('info', allowed + ' allowed') : null,
      span('counts', size ? counted(size, 'interaction', 'interactions') : '')));
    return when_open(row, () => body_of(test));
  }

  /** The rows in pieces: each piece asks before the next. */
  function rows_of(tests) {
    const box = element('div', {});
    let shown = 0;
    const add = () => {
      const next = tests.slice(shown, shown + at_once);
      shown += next.length;
      const more = shown < tests.length ? element('div', { class: 'more' }, element('button', { type: 'button' }, 'show ' + Math.min(at_once, tests.length - shown) + ' more of ' + (tests.length - shown).toLocaleString('en'))) : null;
      box.append(...next.map(test_row));
      if (more) {
        more.firstChild.addEventListener('click', () => { more.remove(); add(); });
        box.append(more);
      }
    };
    add();
    return box;
  }

  function notices_of(program) {
    const notices = [];
    const cut = program.runs.filter((run) => !run.is_whole);
    if (cut.length) notices.push(counted(cut.length, 'run', 'runs') + ' of this program did not come to the end, by a crash or a kill: ' + cut.slice(0, 5).map((run) => run.file).join(', ') + (cut.length > 5 ? ' and more' : '') + '. What its last test did is not known.');
    if (program.calls_without_place) notices.push(counted(program.calls_without_place, 'call site has', 'call sites have') + ' no debug information: compile with -g to see file and line.');
    if (!program.knows_call_sites) notices.push('Nothing is known of the call sites that no test of this program reached: it holds no ledger.');
    return notices.map((text) => element('p', { class: 'notice' }, text));
  }

  /** `#test-12` opens that test. */
  function follow_address() {
    const found = /^#test-(\d+)$/.exec(location.hash);
    const test = found && data.tests[Number(found[1])];
    if (!test) return;
    test.opened = true;
    by_id('words').value = '';
    show_tests(test);
    const row = by_id('test-' + test.index);
    if (row) row.scrollIntoView();
  }

  function program_group(program, tests, is_open) {
    const counts = outcomes.map((one) => [one, tests.filter((test) => test.outcome === one).length]).filter(([, count]) => count);
    const group = element('details', { class: 'group', open: is_open }, element('summary', {}, span('name', program.name),
      span('counts', counts.map(([one, count]) => count.toLocaleString('en') + ' ' + outcome_words[one]).join(', ') + (program.runs.length > 1 ? ', in ' + program.runs.length + ' runs' : '')),
      span('path', short(program.path))));
    return when_open(group, () => [...notices_of(program), rows_of(tests)]);
  }

  const order = new Map(outcomes.map((one, index) => [one, index]));
  data.tests.forEach((test, index) => { test.index = index; });
  const by_program = data.programs.map((program, index) => ({
    program,
    tests: data.tests.filter((test) => test.program === index).sort((a, b) => order.get(a.outcome) - order.get(b.outcome) || a.index - b.index),
  }));

  function show_tests(wanted_test) {
    const words = by_id('words').value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = new Set([...document.querySelectorAll('#outcomes input:checked')].map((input) => input.value));
    let count = 0;
    const groups = [];
    for (const { program, tests } of by_program) {
      const found = tests.filter((test) => wanted.has(test.outcome) && words.every((word) => text_of(test).includes(word)));
      if (wanted_test && tests.includes(wanted_test)) found.sort((a, b) => (b === wanted_test) - (a === wanted_test));
      count += found.length;
      if (found.length || (!words.length && !tests.length)) groups.push([program, found]);
    }
    const open = groups.length === 1 || words.length > 0;
    by_id('programs').replaceChildren(...groups.map(([program, found]) => program_group(program, found, open || found.some((test) => test.opened || is_failure(test)))));
    by_id('shown').textContent = count === data.tests.length ? '' : count.toLocaleString('en') + ' of ' + data.tests.length.toLocaleString('en') + ' shown';
  }

  // --- the call sites

  const is_call = (seam) => seam.kind === 'call';
  const is_reached = (seam) => Boolean(seam.by);

  function tests_text(by) {
    const names = [...new Set(by.map((index) => name_of(data.tests[index])))];
    return names.slice(0, 3).join(', ') + (names.length > 3 ? ' and ' + (names.length - 3).toLocaleString('en') + ' more' : '');
  }

  function seam_text(seam) {
    if (seam.kind === 'exempt') return ['is left as it is: ' + seam.reason];
    if (seam.kind === 'never_called') return ['has its address taken here; a call through it counts where it is made'];
    return [is_reached(seam) ? 'reached by ' + tests_text(seam.by) : 'reached by no test'];
  }

  function source_of(file) {
    const text = new Map(file.lines || []);
    const seams = new Map();
    for (const seam of file.seams) seams.set(seam.line, [...(seams.get(seam.line) || []), seam]);
    const lines = [...new Set([...text.keys(), ...seams.keys()])].sort((a, b) => a - b);
    const rows = [];
    let before = 0;
    for (const line of lines) {
      if (before && line !== before + 1) rows.push(element('tr', { class: 'gap', 'aria-hidden': 'true' }, element('td', { colspan: 3 })));
      before = line;
      const here = seams.get(line) || [];
      const calls = here.filter(is_call);
      const kind = !calls.length ? '' : calls.every(is_reached) ? 'reached' : 'unreached';
      const most = new Set(calls.flatMap((seam) => seam.by || [])).size;
      const mark = !calls.length ? '' : kind === 'reached' ? '✓ ' + counted(most, 'test', 'tests') : '✗';
      rows.push(element('tr', { class: kind }, element('td', { class: 'line' }, String(line)), element('td', { class: 'mark', title: kind }, mark), element('td', {}, text.get(line) || '')));
      for (const seam of here)
        rows.push(element('tr', { class: 'what' }, element('td', {}), element('td', {}), element('td', {}, span('seam', seam.seam), ' ', ...seam_text(seam))));
    }
    const notice = file.lines ? null : element('p', { class: 'notice' }, 'The source could not be read when this page was made.');
    return element('div', { class: 'source' }, notice, element('table', { 'aria-label': 'Call sites in ' + short(file.path) }, element('tbody', {}, rows)));
  }

  function file_group(file) {
    const calls = file.seams.filter(is_call);
    const reached = calls.filter(is_reached).length;
    const bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, element('i', { style: `width:${calls.length ? (100 * reached) / calls.length : 100}%` }));
    const group = element('details', { class: 'group' }, element('summary', {}, span('name', short(file.path)), calls.length ? bar : null,
      span('counts', calls.length ? reached + ' of ' + counted(calls.length, 'call site', 'call sites') + ' reached' : 'nothing is called here')));
    return when_open(group, () => source_of(file));
  }

  function show_files() {
    const only = by_id('only-unreached').checked;
    const files = data.files.filter((file) => !only || file.seams.some((seam) => is_call(seam) && !is_reached(seam)));
    const groups = files.map(file_group);
    if (groups.length && groups.length <= 3) groups.forEach((group) => { group.open = true; });
    by_id('files').replaceChildren(...(groups.length ? groups : [element('p', { class: 'hint' }, only ? 'Every call site is reached.' : 'No call site is known.')]));
  }

  // --- the rest

  function show_leaks() {
    const leaks = data.allowed_leaks;
    by_id('allowed').replaceChildren(leaks.length
      ? element('table', {}, element('thead', {}, element('tr', {}, ['symbol', 'reason', 'allowed by'].map((head) => element('th', { scope: 'col' }, head)))),
        element('tbody', {}, leaks.map((leak) => element('tr', {}, element('td', { class: 'code' }, leak.symbol), element('td', {}, leak.reason), element('td', {}, place(leak))))))
      : element('p', { class: 'hint' }, 'None.'));
  }

  function show_summary() {
    const tests = data.tests.filter((test) => test.outcome !== 'outside');
    const failed = tests.filter(is_failure).length;
    const violations = data.tests.reduce((sum, test) => sum + real_violations(test).length, 0);
    const interactions = data.tests.reduce((sum, test) => sum + test.timeline.length + (test.left_out || 0), 0);
    const allowed = data.tests.reduce((sum, test) => sum + allowed_of(test).length, 0);
    const card = (number, text, kind) => element('li', { class: kind || null }, element('b', {}, typeof number === 'number' ? number.toLocaleString('en') : number), span('', text));
    by_id('summary').append(
      card(tests.length, 'tests in ' + counted(data.programs.length, 'program', 'programs')),
      card(failed, (failed === 1 ? 'test failed' : 'tests failed') + (tests.some((test) => test.outcome === 'unfinished') ? ' or did not end' : ''), failed ? 'bad' : 'good'),
      card(violations, violations === 1 ? 'violation' : 'violations', violations ? 'bad' : 'good'),
      card(interactions, 'interactions, ' + allowed + ' of them allowed calls'),
      card(data.reached + ' / ' + data.calls, 'call sites reached', data.calls > 0 && data.reached === data.calls ? 'good' : null),
      card(data.allowed_leaks.length, 'allowed leaks'));
    const times = data.programs.flatMap((program) => program.runs.map((run) => run.started)).filter(Boolean).sort();
    by_id('when').textContent = times.length ? 'Run ' + (times[0] === times[times.length - 1] ? times[0] : 'from ' + times[0] + ' to ' + times[times.length - 1]) + (root ? ', paths below ' + root : '') : '';
  }

  // A few failures are what the page is opened for.
  const failures = data.tests.filter(is_failure);
  if (failures.length <= 3) failures.forEach((test) => { test.opened = true; });

  by_id('outcomes').append(...outcomes.map((one) => element('label', {}, element('input', { type: 'checkbox', value: one, checked: true }), ' ' + outcome_words[one])));
  by_id('outcomes').addEventListener('change', () => show_tests());
  by_id('only-unreached').addEventListener('change', show_files);
  let waiting = 0;
  by_id('words').addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(() => show_tests(), 120); });
  window.addEventListener('hashchange', follow_address);

  show_summary();
  show_tests();
  show_files();
  show_leaks();
  follow_address();
})();
