import { circle, rounded, type Shape } from './outline.js';

/** Clothes, shoes and bags; all shapes end at y = 78 of a 120 by 90 picture. */
export const CLOTHING: readonly Shape[] = [
  {
    words: 'dress gown sundress maxi midi frock saree sari jumpsuit romper nightdress lehenga abaya',
    paths: [
      [
        'main',
        'M49 10Q52 21 60 23Q68 21 71 10L76 12Q76 26 72 34Q71 39 73 43L90 76Q75 80 60 78Q45 80 30 76L47 43Q49 39 48 34Q44 26 44 12Z',
      ],
      ['deep', 'M47.5 38H72.5L74 44H46Z'],
      ['thin', 'M56 50L50 76M64 50L70 76'],
    ],
  },
  {
    words: 'tee tshirt shirt top topwear clothing apparel polo jersey tank camisole bra innerwear waistcoat',
    paths: [
      ['main', 'M48 16Q60 26 72 16L93 27L86 44L77 40V75Q77 78 74 78H46Q43 78 43 75V40L34 44L27 27Z'],
      ['deep', 'M48 16Q60 30 72 16L75.500 18Q60 38 44.500 18Z'],
    ],
  },
  {
    words:
      'blouse tunic kurta kurti kimono cardigan sweater jumper hoodie sweatshirt pullover fleece knitwear',
    paths: [
      [
        'main',
        'M49 15Q60 22 71 15L86 22L95 66L84 70L77 42V75Q77 78 74 78H46Q43 78 43 75V42L36 70L25 66L34 22Z',
      ],
      ['deep', 'M49 15Q60 30 71 15L74 17Q60 37 46 17ZM43 71H77V75Q77 78 74 78H46Q43 78 43 75Z'],
    ],
  },
  {
    words: 'jacket coat parka blazer anorak raincoat windbreaker gilet vest suit outerwear',
    paths: [
      ['main', 'M48 14L60 19L72 14L87 22L96 68L85 71L78 42V78H42V42L35 71L24 68L33 22Z'],
      ['deep', 'M48 14L60 42L72 14L66 11H54Z'],
      ['thin', 'M60 42V78M47 60H54M66 60H73'],
    ],
  },
  {
    words: 'trouser pant jean chino legging jogger tight slack dungaree overall pyjama bottom bottomwear',
    paths: [
      ['main', 'M43 12H77L84 76Q84 78 82 78H68Q66 78 66 76L60 38L54 76Q54 78 52 78H38Q36 78 36 76Z'],
      ['deep', 'M43 12H77L77.800 19H42.200Z'],
    ],
  },
  {
    words: 'short skirt boxer brief trunk swimwear',
    paths: [
      ['main', 'M43 34H77L88 76Q88 78 86 78H64L60 60L56 78H34Q32 78 32 76Z'],
      ['deep', 'M43 34H77L79 41H41Z'],
    ],
  },
  {
    words: 'sock stocking hosiery',
    paths: [
      ['main', 'M48 14H70V46Q72 54 84 60Q92 66 88 73Q84 79 74 77L52 66Q47 62 47 54Z'],
      ['deep', 'M47 14H71V23H47Z'],
    ],
  },
  {
    words: 'shoe sneaker trainer running footwear loafer oxford flat slipper runner casual',
    paths: [
      ['main', 'M24 48Q33 54 42 46L48 42Q60 56 76 58Q95 60 96 70H24Z'],
      ['pale', 'M23 70H97Q98 78 91 78H29Q23 78 23 70Z'],
      ['thin', 'M50 54L56 48M57 58L63 52M64 61L70 55'],
    ],
  },
  {
    words: 'boot wellington hiking walking',
    paths: [
      ['main', 'M43 14H67V48Q70 55 82 57Q94 59 94 71H43Z'],
      ['deep', 'M42 70H95V75Q95 78 92 78H45Q42 78 42 75Z'],
      ['thin', 'M58 24H67M58 32H67M58 40H67'],
    ],
  },
  {
    words: 'heel sandal pump stiletto wedge flip mule espadrille',
    paths: [
      ['main', 'M28 34Q37 50 54 57Q72 62 92 69Q98 76 90 78Q70 78 54 70Q42 64 36 55L35 78H30Q31 56 28 34Z'],
      ['deep', 'M60 60Q70 44 84 66L76 63Q70 56 67 62Z'],
    ],
  },
  {
    words: 'hat cap beanie beret headwear visor',
    paths: [
      ['main', 'M30 66Q28 32 58 31Q86 31 87 64Z'],
      ['deep', 'M29 62Q58 56 87 60Q106 63 109 72Q98 71 86 69Q58 65 30 71Z'],
    ],
  },
  {
    words: 'scarf shawl glove mitten tie stole dupatta',
    paths: [
      ['main', 'M40 20Q60 12 80 20Q84 30 74 34L76 74H62L58 36Q42 36 40 20Z'],
      ['deep', 'M58 36L74 34L72 26Q60 32 48 28Q50 34 58 36Z'],
      ['thin', 'M65 74V79M69 74V79M73 74V79'],
    ],
  },
  {
    words: 'belt strap suspender',
    paths: [
      ['main', 'M24 46Q24 30 60 30Q96 30 96 46V62Q96 78 60 78Q24 78 24 62Z'],
      ['deep', 'M31 50Q31 40 60 40Q89 40 89 50Q89 58 60 58Q31 58 31 50Z'],
      ['pale', 'M50 56H72V80H50ZM55 61V75H67V61Z'],
      ['ink', 'M61 68H71'],
    ],
  },
  {
    words: 'backpack rucksack daypack suitcase luggage trolley',
    paths: [
      ['line', 'M52 18Q52 8 60 8Q68 8 68 18'],
      ['main', 'M38 36Q38 15 60 15Q82 15 82 36V72Q82 78 76 78H44Q38 78 38 72Z'],
      ['deep', rounded(46, 50, 28, 20, 4)],
      ['thin', 'M46 36H74'],
    ],
  },
  {
    words: 'bag handbag tote purse clutch satchel wallet duffel pouch',
    paths: [
      ['line', 'M45 42Q45 18 60 18Q75 18 75 42'],
      ['main', 'M35 38H85Q88 38 88.500 41L92 75Q92 78 89 78H31Q28 78 28 75L31.500 41Q32 38 35 38Z'],
      ['deep', 'M31 48H89L90 54H30Z'],
    ],
  },
  {
    words: 'watch smartwatch tracker',
    paths: [
      ['deep', 'M50 8H70L69 27H51ZM51 59H69L70 78H50Z'],
      ['main', circle(60, 43, 21)],
      ['pale', circle(60, 43, 15)],
      ['ink', 'M60 33V43L67 47'],
    ],
  },
  {
    words: 'ring necklace earring bracelet pendant jewellery jewelry bangle brooch',
    paths: [
      ['line', circle(60, 56, 19)],
      ['pale', 'M50 18H70L77 27L60 41L43 27Z'],
      ['thin', 'M43 27H77M54 27L60 41L66 27'],
    ],
  },
  {
    words: 'sunglass glasses spectacle eyewear goggle',
    paths: [
      ['main', 'M24 44H55V54Q55 66 40 66Q24 66 24 52ZM65 44H96V52Q96 66 80 66Q65 66 65 54Z'],
      ['line', 'M55 48Q60 43 65 48M24 46L16 40M96 46L104 40'],
    ],
  },
];
