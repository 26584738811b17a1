import { circle, rounded, type Shape } from './outline.js';

/** Furniture, kitchen, garden and care. */
export const HOUSEHOLD: readonly Shape[] = [
  {
    words: 'lamp lantern light lighting bulb sconce chandelier torch',
    paths: [
      ['main', 'M47 14H73L87 46H33Z'],
      ['deep', 'M58 46H62V73H72Q76 73 76 78H44Q44 73 48 73H58Z'],
    ],
  },
  {
    words: 'chair stool seat bench recliner',
    paths: [
      ['deep', 'M45 52L40 78H45L50 54ZM75 52L80 78H75L70 54Z'],
      ['main', `${rounded(43, 12, 34, 34, 7)}${rounded(38, 48, 44, 9, 4)}M48 44H53V50H48ZM67 44H72V50H67Z`],
    ],
  },
  {
    words: 'sofa couch armchair settee futon loveseat',
    paths: [
      ['deep', 'M26 70H32V78H26ZM88 70H94V78H88Z'],
      ['main', `${rounded(24, 28, 72, 34, 9)}${rounded(14, 44, 92, 28, 9)}`],
      ['deep', 'M29 50Q29 47 32 47H59V62H29ZM61 47H88Q91 47 91 50V62H61Z'],
    ],
  },
  {
    words: 'table desk furniture nightstand console',
    paths: [
      ['deep', 'M27 44H33V78H27ZM87 44H93V78H87ZM30 47H90V56H30Z'],
      ['main', rounded(18, 38, 84, 9, 3)],
    ],
  },
  {
    words: 'shelf bookcase cabinet wardrobe dresser drawer storage rack organizer organiser sideboard basket',
    paths: [
      ['main', rounded(34, 12, 52, 66, 3)],
      ['deep', 'M39 17H81V34H39ZM39 38H81V55H39ZM39 59H81V74H39Z'],
      ['pale', 'M44 22H49V34H44ZM51 24H56V34H51ZM66 44H76V55H66ZM44 65H54V74H44Z'],
    ],
  },
  {
    words: 'bed mattress crib bedding duvet sheet linen blanket quilt throw',
    paths: [
      ['deep', `${rounded(16, 26, 8, 52, 3)}M96 66H102V78H96Z`],
      ['pale', rounded(27, 42, 26, 14, 6)],
      ['main', 'M20 56Q40 50 62 52Q92 46 104 56V70H20Z'],
    ],
  },
  {
    words: 'pillow cushion pouf bean',
    paths: [
      [
        'main',
        'M30 30Q60 38 90 30Q96 30 95 37Q88 54 95 70Q96 78 90 77Q60 70 30 77Q24 78 25 70Q32 54 25 37Q24 30 30 30Z',
      ],
      ['thin', 'M34 40Q60 45 86 40M34 67Q60 62 86 67'],
    ],
  },
  {
    words: 'rug carpet mat yoga towel curtain',
    paths: [
      ['main', 'M28 50H96V70Q96 78 88 78H28Z'],
      ['deep', circle(30, 64, 14)],
      ['pale', circle(30, 64, 8)],
      ['deep', circle(30, 64, 4)],
    ],
  },
  {
    words: 'mug cup tumbler thermos flask coffee tea espresso kettle teapot',
    paths: [
      ['line', 'M76 40H80Q92 40 92 52Q92 64 76 64'],
      ['main', 'M34 30H77V66Q77 78 65 78H46Q34 78 34 66Z'],
      ['deep', 'M34 30H77V37H34Z'],
      ['wisp', 'M48 23Q45 18 48 14T48 6M62 23Q59 18 62 14T62 6'],
    ],
  },
  {
    words: 'pot pan saucepan casserole cookware wok skillet cooker frying',
    paths: [
      ['line', 'M28 54H18M92 54H102'],
      ['main', 'M28 44H92V68Q92 78 82 78H38Q28 78 28 68Z'],
      ['deep', 'M26 44Q28 34 60 34Q92 34 94 44ZM55 27H65V35H55Z'],
    ],
  },
  {
    words: 'bowl plate dish tableware dinnerware crockery bakeware tray platter',
    paths: [
      ['main', 'M22 44H98Q96 68 74 73V78H46V73Q24 68 22 44Z'],
      ['deep', 'M22 44H98L97 51H23Z'],
    ],
  },
  {
    words: 'knife cutlery fork spoon chef spatula utensil scissors kitchen',
    paths: [
      ['pale', 'M44 78V30Q44 12 60 10V54H52V78Z'],
      ['main', 'M48 52H64V73Q64 78 59 78H53Q48 78 48 73Z'],
      ['line', 'M78 12V30Q78 36 78 78M72 12V26Q72 33 78 33Q84 33 84 26V12'],
    ],
  },
  {
    words: 'blender mixer toaster juicer grinder appliance fryer oven microwave processor vacuum fan heater',
    paths: [
      ['pale', 'M42 14H78L73 52H47Z'],
      ['main', 'M46 52H74L80 75Q80 78 77 78H43Q40 78 40 75Z'],
      ['deep', `${rounded(41, 9, 38, 7, 3)}${circle(60, 66, 5)}`],
    ],
  },
  {
    words: 'bottle shampoo deodorant conditioner oil lotion perfume fragrance wine sauce drink hydration',
    paths: [
      ['main', 'M52 20H68V27Q80 34 80 45V71Q80 78 73 78H47Q40 78 40 71V45Q40 34 52 27Z'],
      ['deep', rounded(50, 8, 20, 14, 3)],
      ['pale', 'M40 48H80V66H40Z'],
    ],
  },
  {
    words: 'cream balm serum jar candle moisturiser moisturizer mask skincare honey jam spread',
    paths: [
      ['main', rounded(32, 38, 56, 40, 8)],
      ['deep', rounded(30, 24, 60, 17, 4)],
      ['pale', 'M42 50H78V66H42Z'],
    ],
  },
  {
    words: 'lipstick makeup mascara cosmetic foundation nail polish beauty sunscreen toothpaste',
    paths: [
      ['main', 'M52 42V22Q58 10 68 16V42Z'],
      ['pale', 'M49 42H71V56H49Z'],
      ['deep', rounded(45, 54, 30, 24, 3)],
    ],
  },
  {
    words: 'soap oral shaving brush comb razor toothbrush hair dryer groom towelette sponge',
    paths: [
      ['main', rounded(24, 48, 72, 30, 13)],
      ['pale', rounded(38, 56, 44, 14, 7)],
      ['wisp', `${circle(46, 36, 6)}${circle(62, 28, 8)}${circle(76, 38, 4)}`],
    ],
  },
  {
    words: 'plant planter garden gardening seed herb flower pot outdoor lawn succulent vase',
    paths: [
      [
        'main',
        'M60 56Q56 30 32 24Q34 48 60 56ZM60 56Q64 22 88 16Q90 44 60 56ZM58 56Q54 26 64 8Q72 30 61 56Z',
      ],
      ['deep', 'M42 54H78L73 76Q72 78 70 78H50Q48 78 47 76Z'],
    ],
  },
  {
    words:
      'hammer tool drill saw screwdriver wrench spanner plier hardware diy chisel axe shovel spade rake trowel hose',
    paths: [
      ['deep', 'M36 14H74Q86 17 88 30H77Q74 26 70 32H36Z'],
      ['main', 'M54 32H66L68 75Q68 78 65 78H55Q52 78 52 75Z'],
    ],
  },
  {
    words: 'clock mirror frame picture poster art wall decor',
    paths: [
      ['main', rounded(30, 14, 60, 64, 3)],
      ['pale', rounded(37, 21, 46, 50, 1)],
      ['deep', `M37 70L53 46L64 60L71 52L83 70Z${circle(71, 35, 5)}`],
    ],
  },
];
