import { App } from 'cdktf';
import { OrderStack } from './stack';

const app = new App();
new OrderStack(app, 'orders');
app.synth();
