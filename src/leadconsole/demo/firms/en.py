"""English: a firm that supports accounting software and workstations, in London time."""

from __future__ import annotations

from leadconsole.demo.firms import Firm

_CLIENTS = """
daisy-lane Daisy Lane
vector Vector
acme Acme
alder-sons Alder & Sons
amber-foods Amber Foods
anchor-freight Anchor Freight
apex-dental Apex Dental
ashford-tiles Ashford Tiles
aurora-print Aurora Print
bakewell-bakery Bakewell Bakery
baltic-timber Baltic Timber
beacon-hill-school Beacon Hill School
bell-tower-books Bell Tower Books
birchwood-homes Birchwood Homes
blue-heron-travel Blue Heron Travel
bramble-farm Bramble Farm
bridge-street-clinic Bridge Street Clinic
brightside-cleaning Brightside Cleaning
brook-field Brook & Field
cedar-joinery Cedar Joinery
channel-marine Channel Marine
chestnut-catering Chestnut Catering
clearwater-pools Clearwater Pools
cloverleaf-dairy Cloverleaf Dairy
coastal-signs Coastal Signs
comet-couriers Comet Couriers
compass-tours Compass Tours
copperfield-pipes Copperfield Pipes
crown-laundry Crown Laundry
crystal-optics Crystal Optics
dale-garden-centre Dale Garden Centre
delta-medical Delta Medical
dockside-stores Dockside Stores
dovetail-furniture Dovetail Furniture
eagle-roofing Eagle Roofing
east-gate-motors East Gate Motors
elmwood-care Elmwood Care
ember-heating Ember Heating
fairview-hotel Fairview Hotel
falcon-security Falcon Security
fern-cottage-foods Fern Cottage Foods
field-fold Field & Fold
firefly-lighting Firefly Lighting
foxglove-florists Foxglove Florists
glasshouse-studio Glasshouse Studio
golden-fleece-wool Golden Fleece Wool
granite-works Granite Works
green-acre Green Acre
greyfriars-vets Greyfriars Vets
halcyon-spa Halcyon Spa
harbour-fish Harbour Fish
hawthorn-estates Hawthorn Estates
hazel-oak Hazel & Oak
hilltop-nursery Hilltop Nursery
horizon-solar Horizon Solar
ironbridge-tools Ironbridge Tools
ivy-house-press Ivy House Press
jubilee-events Jubilee Events
juniper-gin Juniper Gin
keystone-legal Keystone Legal
kingfisher-boats Kingfisher Boats
kite-toys Kite Toys
lakeside-leisure Lakeside Leisure
lantern-films Lantern Films
larkspur-linen Larkspur Linen
lighthouse-media Lighthouse Media
lime-kiln-builders Lime Kiln Builders
linden-pharmacy Linden Pharmacy
maple-leaf-motors Maple Leaf Motors
market-hall Market Hall
meadow-mills Meadow Mills
meridian-labs Meridian Labs
millstone-flour Millstone Flour
mint-caf Mint Café
moorland-outdoor Moorland Outdoor
northern-light-glass Northern Light Glass
nutmeg-kitchen Nutmeg Kitchen
oak-iron Oak & Iron
oasis-water Oasis Water
old-mill-brewery Old Mill Brewery
orchard-juice Orchard Juice
orion-plastics Orion Plastics
osprey-aviation Osprey Aviation
otter-canoes Otter Canoes
paper-crane Paper Crane
pebble-beach-surf Pebble Beach Surf
penrose-tailors Penrose Tailors
pilot-training Pilot Training
pinewood-packaging Pinewood Packaging
polar-frozen Polar Frozen
poppy-seed Poppy Seed
quarry-stone Quarry Stone
quayside-chandlers Quayside Chandlers
quill-stationers Quill Stationers
rainbow-paints Rainbow Paints
raven-records Raven Records
red-kite-energy Red Kite Energy
redwood-fencing Redwood Fencing
ridgeway-cycles Ridgeway Cycles
riverbank-motors Riverbank Motors
robin-hill Robin Hill
rosemary-thyme Rosemary [& Thyme]
rowan-textiles Rowan Textiles
saddlers-yard Saddlers Yard
sapphire-jewellers Sapphire Jewellers
seagrass-carpets Seagrass Carpets
silver-birch Silver Birch
skylark-drones Skylark Drones
snowdrop-ice Snowdrop Ice
sparrow-electrics Sparrow Electrics
spruce-interiors Spruce Interiors
sterling-locks Sterling Locks
stonegate-farm Stonegate Farm
sunflower-oils Sunflower Oils
swift-print Swift Print
tamarind-spices Tamarind Spices
thistle-knitwear Thistle Knitwear
tidewater-rope Tidewater Rope
willow-brook Willow Brook
northern-western-general Northern & Western General Trading and Component Supply Company (Holdings) of the Upper Valley
"""

FIRM = Firm(
    settings={"currency": "GBP", "timezone": "Europe/London", "country": "", "guaranteed_minimum": "3000.00"},
    domain="brightdesk.example",
    remote_zone="Atlantic/Azores",
    people=(
        ("anna", "Anna Fletcher"),
        ("lydia", "Lydia Marsh"),
        ("oliver", "Oliver Grant"),
        ("maria", "Maria Santos"),
        ("paul", "Paul Barker"),
        ("nina", "Nina Howard"),
        ("steve", "Steve Osborne"),
        ("edgar", "Edgar Pike"),
        ("iris", "Iris Newman"),
        ("max", "Max Elder"),
        ("grace", "Grace Winter"),
        ("victor", "Victor Thorne"),
    ),
    clients=_CLIENTS,
    women=(
        ("Olivia", "Sarah", "Natalie", "Helen", "Tessa", "Julia", "Lucy", "Vera", "Aileen", "Daria"),
        ("Smith", "Bennett", "Clarke", "Morton", "Palmer", "Cole", "Ellis", "Nicholls", "Wright", "Harper"),
    ),
    men=(
        ("Andrew", "Simon", "David", "Alex", "Nicholas", "Ronan", "Ian", "Keith"),
        ("Wolfe", "Sutton", "Baxter", "Pope", "Gough", "Tate", "Mercer", "Foley", "Dennis", "Marlow"),
    ),
    posts=(
        "head of accounts",
        "bookkeeper",
        "managing director",
        "storekeeper",
        "cashier",
        "sales",
        "IT administrator",
    ),
    phone="+44 20 7946 0{a:03}",
    client_notes=(
        "Call after 10:00 only, they have a meeting every morning.",
        "Heavily customised: copy first, then test all print templates.",
        "Remote access only through their administrator, one hour ahead.",
        "The head of accounts decides; the director wants the sums only.",
        "They file on the last day, be quick around the 20th.",
        "Hosted server, terminal sessions, 18 workstations.",
        "Two companies in one database, mind which one is open.",
        "They want the acceptance note together with the invoice, by the 5th.",
    ),
    toxic=(
        "Shouts on the phone and threatens complaints. Talk in pairs, confirm by mail",
        "Calls everything urgent and never answers questions",
        "Refuses to accept finished work and argues about each hour",
        "Writes to colleagues' private phones at night",
    ),
    course="Course: payroll and year end",
    days_off=("01-01", "12-25", "12-26"),
    short_days=("12-24",),
    hourly_rate=75,
    price="£{amount:,}",
)
