import './page';
import './elements/model-facts';
