// The matchers' types come with the testing kit.
import './index.js';
