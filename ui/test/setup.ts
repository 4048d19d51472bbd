/** Component tests look as the window does: same fonts, tokens and base. */
import '../src/styles/fonts.css';
import '../src/styles/tokens.css';
import '../src/styles/base.css';

document.documentElement.dataset.theme = 'light';
