/**
 * Well-known brands whose name means nothing else, folded. A shop without them has nothing for a query that is only
 * such a name, however near its products are in meaning.
 */
const BRAND_NAMES: ReadonlySet<string> = new Set(
  `
  acer adidas alienware armani asics asus audi birkenstock bmw bosch bose braun burberry calvinklein
  canon cartier casio chanel chevrolet colgate converse crocs dewalt dior disney duracell dyson ebay
  electrolux energizer epson fendi ferrari fila fisherprice ford fujifilm garmin gillette givenchy
  goodyear gopro gucci hasbro heineken hermes hilfiger hisense honda huawei hyundai ikea jabra jansport
  jbl jeep karcher kellogg kelloggs kenwood kia kitchenaid kodak lacoste lancome lego lenovo levi levis
  lexus logitech loreal louisvuitton lululemon makita maserati mattel maybelline mazda mcdonalds
  mercedes michelin microsoft miele moleskine motorola mustela nescafe nespresso nestle netgear nike
  nikon nintendo nissan nivea nokia northface oakley oneplus oppo oreo osram palmolive panasonic pantene
  patagonia pepsi peugeot philips playmobil playstation polaroid porsche prada puma purina ralphlauren
  rayban reebok renault ricoh roku rolex rowenta ryobi salomon samsonite samsung sandisk seiko
  sennheiser sephora shimano siemens skechers skoda sony starbucks stihl subaru suzuki swarovski swatch
  tefal tesla timberland tissot toshiba toyota uniqlo vans versace victorinox volkswagen volvo whirlpool
  xbox xiaomi yamaha zanussi zara
`
    .trim()
    .split(/\s+/),
);

/** Whether the folded word is the name of a well-known brand, and of nothing else. */
export function isBrandName(word: string): boolean {
  return BRAND_NAMES.has(word);
}
