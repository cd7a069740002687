import './page';
import './elements/hear-it';
