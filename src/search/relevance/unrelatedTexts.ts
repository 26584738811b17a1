/**
 * Words and phrases of all fields of life, most of which a given shop has nothing to do with, and some without a
 * meaning. They show how near the meaning of short queries gets by chance. Those that a catalog knows are left out
 * when it is calibrated.
 */
export const UNRELATED_PHRASES: readonly string[] = `
  senator, election, parliament, democracy, general strike, border control, peace treaty, city council,
  lawsuit, courtroom, attorney, custody hearing, patent office, notary, prison sentence, income tax,
  pension, personal loan, savings account, stock exchange, exchange rate, invoice factoring, home
  insurance, insurance claim, cryptocurrency, job interview, salary negotiation, work permit, trade
  union, internship, house for sale, real estate agent, studio flat to let, moving company, cleaning
  lady, plumber, electrician, wedding photographer, catering service, translation agency, hospital,
  surgeon, kidney, knee surgery, tooth extraction, orthodontist, vaccine, penicillin, insulin,
  paracetamol, cough drops, cholesterol, pneumonia, eye test, crutches, stethoscope, pharmacy,
  physiotherapy, bacteria, airport, passport, boarding pass, hotel room, cheap airfare, bus schedule,
  train station, ferry crossing, cruise ship, car rental, travel agency, museum opening hours, city map,
  concert tickets, cinema program, school holidays, tuition, university degree, chemistry exam, language
  course, driving school, algebra, geometry, grammar, philosophy, astronomy, uranium, photon, genetics,
  evolution, volcano, glacier, earthquake, thunderstorm, weather forecast, cathedral, priest, prayer,
  pilgrimage, funeral, gravestone, army, missile, submarine, battlefield, medieval castle, roman empire,
  podcast, streaming service, newspaper, television series, movie trailer, horror film, soap opera,
  radio station, detective novel, poetry, biography, symphony, opera singer, trombone, cello, banjo,
  drum kit, organ pipes, accordion, microsoft, disney, facebook, boeing, honda, volkswagen, bmw,
  michelin, bosch, caterpillar, reebok, converse, gucci, zara, chanel, rolex, sony, nokia, panasonic,
  ikea, dyson, hasbro, playmobil, loreal, nivea, nestle, heineken, mcdonalds, einstein, mozart, beyonce,
  messi, napoleon, hollywood, brazil, tokyo, texas, berlin, tractor, excavator, forklift, bulldozer,
  helicopter, sailing yacht, motorcycle, caravan, pickup truck, gearbox, carburetor, windshield, engine
  oil, oil filter, car tires, brake disc, exhaust pipe, car battery, antifreeze, tow bar, number plate,
  cement, mortar, bricks, drywall, insulation foam, steel beam, paving stones, roofing felt,
  floorboards, wallpaper, paint stripper, varnish, drainpipe, bathroom sink, bathtub, shower tray,
  faucet, radiator, water heater, air conditioner, boiler, stairs, garage door, window frame,
  scaffolding, wheelbarrow, cement bag, circular saw, power drill, angle grinder, hammer, wrench,
  pliers, nails and screws, welding mask, sandpaper, crowbar, axe, snow plough, hedge trimmer, leaf
  blower, fertilizer, potting soil, greenhouse, garden gnome, patio furniture, barbecue grill, compost
  bin, seed potatoes, rose bush, pool pump, irrigation, dishwasher, tumble dryer, freezer, gas stove,
  oven, microwave, vacuum cleaner, ironing board, electric iron, laundry detergent, toilet paper,
  bleach, mop, steak, sausages, fresh salmon, sushi, cheeseburger, kebab, frozen chicken, butter,
  yoghurt, eggs, potatoes, bananas, orange juice, lemonade, vodka, champagne, tobacco, ice cream, bread
  rolls, vegetable soup, elephant, dolphin, eagle, cow, sheep, horse riding, goldfish, hamster cage,
  parrot, beekeeping, hay bale, fishing tackle, hunting rifle, crossbow, baseball bat, hockey stick,
  golf clubs, snowboard, surfing, skateboard, treadmill, boxing gloves, basketball hoop, football
  league, olympic games, canoe, crib, baby stroller, breast pump, ovulation test, condoms, contact
  lenses, tattoo, projector, printer ink, fax machine, router, graphics card, software license, video
  game, operating system, web hosting, mobile contract, satellite dish, lottery, casino, roulette, coin
  collection, stamp album, sculpture, antique clock, qxvbnm, plorfit, hgfjdk, snurble, zxcvbn, wibblex,
  jjjjjj, trelk, oopsy blarg, ignition coil, fuse box, fan belt, clutch pedal, hubcaps, wiper blades,
  horse trailer, jump leads, dashboard, car polish, car interior cleaner, transmission fluid, diesel
  fuel, car mechanic, tyre change, shock absorber, cylinder head, fuel pump, traffic light, parking
  ticket, motorway toll, concrete slab, jackhammer, tile adhesive, grout, gutter, chimney sweep,
  plaster, door hinge, doorbell, smoke detector, electrical wiring, extension ladder, toilet flush,
  shower head, bidet, kitchen sink, septic tank, solar panel, wind turbine, power plant, crane operator,
  asphalt, clay pipe, dental implant, blood test, x-ray, fever thermometer, bandage, antiseptic
  ointment, allergy pills, eye drops, flu shot, psychotherapy, walking frame, pacemaker, deafness, blood
  donation, dialysis, emergency room, health insurance, midwife, veterinarian, debit card, credit score,
  bank statement, bankruptcy, inheritance, shareholder meeting, customs declaration, postage stamps,
  phone bill, electricity meter, gas supplier, internet provider, subscription cancellation, customer
  service hotline, complaint letter, hair salon, massage therapist, restaurant reservation, food
  delivery, bakery, butcher shop, nightclub, theme park, zoo, swimming lessons, yoga retreat, ski
  resort, beach hotel, campsite booking, taxi, driving licence, president, queen of england, footballer,
  rock band, film director, novelist, astronaut, detective, firefighter, police officer, bible, quran,
  bachelor thesis, dictionary definition, crossword solution, spelling rules, capital of france,
  population of china, time zone, horoscope, recipe for pancakes, name day, server rack, database,
  programming language, search engine, email account, forgotten password, wifi not working, blog, online
  banking, dating app, stock ticker, spreadsheet formula, milking machine, grain silo, combine
  harvester, chicken coop, fence posts, barbed wire, saddle soap, horseshoe, cattle feed, tomato plants,
  apple tree, firewood, charcoal, christmas tree, upright piano, saxophone, sheet music, harmonica,
  choir, ballet, museum, theatre play, puppet show, magic tricks, lathe, soldering iron, toolbox, tape
  measure, spirit level, workbench, hydraulic press, compressor, paint sprayer, chain hoist, safety
  helmet, hard hat, conveyor belt, forklift driver, pallets, chewing gum, whiskey barrel, wine cellar,
  cider, cola, energy drink, mineral water, bacon, ham, lobster, tofu, pickles, mustard, mayonnaise,
  flour, sugar, yeast, baby formula, baby food, diapers, fish tank, turtle, bird cage, rat poison,
  mosquito net, ant bait, coffin, wedding venue, fireworks, flagpole, parachute, hot air balloon, metal
  detector, telescope mount, periscope, gas mask, handcuffs, bulletproof vest, frubble, gnarp, sploot
  vek, qwpoei, mnbvcx, xyzzy, lkjhgf, vvvvvv, mortar mixer, concrete pump, building site, paint bucket,
  wall paint, masonry brush, plastering trowel, floor tiles, ceramic tile, bathroom renovation, kitchen
  countertop, roof repair, attic insulation, skylight, fence paint, wood stain, sawmill, timber beams,
  scrap metal, car service, lubricating oil, brake fluid, brake lining, gear shift, car clutch, timing
  belt, diesel engine, engine repair, car headlight, car seat cover, roof rack, trailer coupling, truck
  tires, motorbike helmet visor, car wax, car wash, used car dealer, auto parts, car keys duplicated,
  laboratory microscope, test tubes, petri dish, centrifuge, lab coat, chemical reagents, telescope,
  bunsen burner, artificial limb, false teeth, dental crown, hearing device, wheelchair ramp, hospital
  gown, syringe, oxygen mask, blood sugar test strips, knee brace, compression stockings prescription,
  orthopedic shoes insoles prescription, inhaler, antibiotic cream, vitamin drip, iron tablets, washing
  machine repair, spin dryer, refrigerated truck, ice machine, gas boiler, heat pump, water pump, sump
  pump, drain cleaner, sewer pipe, electric stove, extractor hood, chest freezer, vending machine,
  sewing machine needles, industrial dryer, cattle, goat, pony, saddle, stable, hen, rabbit hutch,
  lizard terrarium, snake, bees, fish food, bird seed, violin bow, clarinet, flute, conductor, recording
  studio, microphone stand rental, dj booking, lawn seed, rake, shovel, pruning shears, lawn tractor,
  garden shed, gravel, pond liner, hose reel, garden sprinkler, flower pots, pesticide, train ticket,
  railway, subway map, bus pass, airline, luggage storage at the station, car ferry, toll road,
  hitchhiking, visa office, flight simulator, game console, online game, mobile game download, movie
  streaming, app store, social network, web browser, video platform, credit card debt, bank loan, tax
  refund, accountant, auditor, landlord, rent contract, tenant rights, property tax, home loan, beef,
  pork, veal, turkey breast, shrimp, cheese, pizza, burger, croissant, cake, whisky tasting, rum, red
  wine, tequila, cigarette lighter fluid, vape,
`
  .split(',')
  .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
  .filter((phrase) => phrase !== '');

/**
 * Sentences about law, science, news and prayer, which nobody searches a shop for. They show what cosine
 * chance alone reaches.
 */
export const UNRELATED_SENTENCES: readonly string[] = [
  'the parliament voted on the budget amendment',
  'quantum field theory lecture notes',
  'how to file an income tax return',
  'the court dismissed the appeal yesterday',
  'photosynthesis converts light into chemical energy',
  'mortgage interest rates forecast',
  'the treaty ended the thirty years war',
  'symptoms of a bacterial infection',
  'proof that there are infinitely many primes',
  'plumber near me open now',
  'tectonic plates drift a few centimetres a year',
  'who won the presidential election',
  'visa requirements for a transit stay',
  'a sermon on forgiveness',
  'stock market falls after inflation report',
  'divorce lawyer consultation',
  'train timetable to the capital',
  'the enzyme binds to its substrate',
  'grammar of the ablative case',
  'unemployment benefit application form',
  'the orchestra rehearsed the second movement',
  'population genetics of island birds',
  'how do vaccines train the immune system',
  'merger of two insurance companies',
  'weather warning for coastal regions',
  'apply for a parking permit',
  'the philosopher argued against free will',
  'lyrics of the national anthem',
  'black holes evaporate by radiation',
  'customer service phone number of my bank',
];
