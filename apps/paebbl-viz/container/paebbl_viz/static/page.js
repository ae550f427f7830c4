/** What every page does. */

// On a phone the tabs scroll sideways, and the current one should be in sight.
const tabs = document.querySelector('.side ul');
const current = tabs?.querySelector('[aria-current]');
if (current) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;

// Paper is white, whatever the screen is. A chart is drawn anew after this, with the colours of then (theme.js).
addEventListener('beforeprint', () => document.documentElement.classList.add('paper'));
addEventListener('afterprint', () => document.documentElement.classList.remove('paper'));
