"""Ukrainian: a firm that supports BAS and М.Е.Doc, in Kyiv time."""

from __future__ import annotations

from leadconsole.demo.firms import Firm

_CLIENTS = """
romashka Ромашка
vektor Вектор
acme Acme
alfa-treyd Альфа-Трейд
agrofirma-niva Агрофірма «Нива»
avtoservis-klakson Автосервіс «Клаксон»
apteka-podorozhnik Аптека «Подорожник»
atelie-stibok Ательє «Стібок»
barvinok Барвінок
beton-servis Бетон-Сервіс
bdzhilka Бджілка
bereginya Берегиня
bukovel-tur Буковель-Тур
veselka Веселка
vertikal Вертикаль
vesna-mebli Весна-Меблі
vetklinika-aybolit Ветклініка «Айболить»
vodogray Водограй
voloshka Волошка
gamma-druk Гамма-Друк
garant-bud Гарант-Буд
gelios Геліос
gorizont Горизонт
granit Граніт
delta-med Дельта-Мед
dzherelo Джерело
dityachiy-tsentr-kubik Дитячий центр «Кубик»
dialog Діалог
dnipro-plast Дніпро-Пласт
domobud Домобуд
dibrova Діброва
edelveys Едельвейс
ievrodim Євродім
yalinka Ялинка
zhayvir Жайвір
zavod-impuls Завод «Імпульс»
zorya Зоря
zenit-avto Зеніт-Авто
zerno-polissya Зерно Полісся
zolota-ribka Золота рибка
smaragd Смарагд
fop-kovalenko ФОП Коваленко
fop-savchuk ФОП Савчук
interier-lyuks Інтер'єр-Люкс
iskra Іскра
kadroviy-dim Кадровий дім
kalina Калина
karat Карат
kavyarnya-bez-duzhok Кав'ярня «Без [дужок]»
kvadrat Квадрат
kedr Кедр
klinika-dobrobut-plyus Клініка «Добробут Плюс»
kolos Колос
kometa Комета
kompas Компас
korporatsiya-podarunkiv Корпорація подарунків
krishtal Кришталь
dah-tsentr Дах-Центр
laboratoriya-chistoti Лабораторія чистоти
laym Лайм
lisoviy-dvir Лісовий двір
liniya-svitla Лінія світла
logos Логос
lotos-farm Лотос-Фарм
magnitniy-ostriv Магнітний острів
mayak Маяк
medtehnika-pivden Медтехніка-Південь
meridian Меридіан
metalist Металіст
svit-tkanin Світ тканин
moloko-podillya Молоко Поділля
monolit Моноліт
mist-inzhiniring Міст-Інжиніринг
lvivska-maysternya Львівська майстерня
neptun Нептун
noviy-dim Новий дім
nord-servis Норд-Сервіс
oazis Оазис
okean-postach Океан-Постач
olimp Олімп
optima Оптима
orbita Орбіта
orgtehnika-servis Оргтехніка-Сервіс
orion Оріон
vitrilo Вітрило
pekarnya-tepliy-hlib Пекарня «Теплий хліб»
perspektiva Перспектива
piksel Піксель
planeta-igor Планета ігор
polyus Полюс
potentsial Потенціал
premium-vikna Преміум-Вікна
pribiy Прибій
puls Пульс
pisanka Писанка
rakurs Ракурс
resurs-kadri Ресурс-Кадри
krinitsya Криниця
rubin Рубін
ukrainskiy-lon Український льон
sad-i-gorod Сад і город
saturn Сатурн
svizhist Свіжість
pivnichniy-viter Північний вітер
sirius Сіріус
snizhinka Сніжинка
sokil Сокіл
sonyachne-kolo Сонячне коло
spektr Спектр
standart-vikna Стандарт-Вікна
start Старт
stomatologiya-usmishka Стоматологія «Усмішка»
budmarket Будмаркет
sfera Сфера
tandem Тандем
teplotsentr Теплоцентр
tehno-layn Техно-Лайн
drukarnya-vidbitok Друкарня «Відбиток»
karpatska-voda Карпатська вода
torgoviy-dim-zahidna-pos Торговий дім «Західна постачальна та виробничо-комплектувальна компанія»
"""

FIRM = Firm(
    settings={"currency": "UAH", "timezone": "Europe/Kyiv", "country": "UA", "guaranteed_minimum": "60000.00"},
    domain="svit-soft.example",
    remote_zone="Europe/Lisbon",
    people=(
        ("anna", "Анна Лебеденко"),
        ("lida", "Лідія Соколенко"),
        ("oleh", "Олег Тимошенко"),
        ("maryna", "Марина Коваль"),
        ("pavlo", "Павло Жук"),
        ("nina", "Ніна Федоренко"),
        ("slava", "В'ячеслав Орленко"),
        ("yehor", "Єгор Щука"),
        ("ira", "Ірина Бойко"),
        ("maks", "Максим Ялинський"),
        ("halyna", "Галина Петрівна Зима"),
        ("viktor", "Віктор Андрійович Грім"),
    ),
    clients=_CLIENTS,
    women=(
        ("Ольга", "Світлана", "Наталія", "Олена", "Тетяна", "Юлія", "Людмила", "Віра", "Оксана", "Дарина"),
        (
            "Шевченко",
            "Ткаченко",
            "Мельник",
            "Бондар",
            "Поліщук",
            "Гриценко",
            "Марченко",
            "Лисенко",
            "Руденко",
            "Кравець",
        ),
    ),
    men=(
        ("Андрій", "Сергій", "Дмитро", "Олексій", "Микола", "Роман", "Ігор", "Тарас"),
        ("Шевчук", "Бойчук", "Кравчук", "Мороз", "Білик", "Литвин", "Гончар", "Савченко", "Романюк", "Клименко"),
    ),
    posts=("головний бухгалтер", "бухгалтер", "директор", "комірник", "касир", "менеджер", "системний адміністратор"),
    phone="+380 (00) {a:03}-{b:02}-{c:02}",
    client_notes=(
        "Телефонувати тільки після 10:00, зранку в них нарада.",
        "База дуже доопрацьована, перед оновленням — копія та перевірка друкованих форм.",
        "Віддалений доступ тільки через системного адміністратора, заявка за годину.",
        "Рішення приймає головний бухгалтер, директору — тільки суми.",
        "Подають звітність останнього дня, 18–20 числа відповідати швидше.",
        "Сервер у хмарі, термінал, 18 робочих місць.",
        "Дві організації в одній базі, не плутати ЄДРПОУ.",
        "Бувають вимкнення світла, є генератор і запасний інтернет.",
    ),
    toxic=(
        "Кричить у телефон, погрожує скаргами директору. Розмовляти вдвох, підсумок — листом",
        "Вимагає терміновості за кожною заявкою і не відповідає на запитання",
        "Відмовляється приймати виконану роботу, сперечається про кожну годину",
        "Пише співробітникам уночі в особисті месенджери",
    ),
    course="Курс: зарплата і звітність",
    days_off=("01-01",),
    short_days=("12-31",),
    hourly_rate=900,
    price="{amount:_} ₴",
)
