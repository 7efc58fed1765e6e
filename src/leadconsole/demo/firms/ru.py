"""Russian: a firm that supports 1С and workstations, in Moscow time."""

from __future__ import annotations

from leadconsole.demo.firms import Firm

_CLIENTS = """
romashka Ромашка
vektor Вектор
acme Acme
alfa-treyd Альфа-Трейд
agrofirma-niva Агрофирма «Нива»
avtoservis-klakson Автосервис «Клаксон»
apteka-zdravitsa Аптека «Здравица»
atele-strochka Ателье «Строчка»
baltik-logistik Балтик Логистик
beton-servis Бетон-Сервис
biblioglobus-plyus Библиоглобус Плюс
vasilek Василёк
vertikal Вертикаль
vesna-mebel Весна-Мебель
vetklinika-aybolit Ветклиника «Айболит»
vodoley Водолей
vostok-zapad Восток-Запад
gamma-print Гамма-Принт
garant-stroy Гарант-Строй
gelios Гелиос
gorizont Горизонт
granit Гранит
delta-med Дельта-Мед
detskiy-tsentr-kubik Детский центр «Кубик»
dialog Диалог
domostroy Домострой
dubrava Дубрава
evrodom Евродом
elochka Ёлочка
zhemchuzhina Жемчужина
zavod-impuls Завод «Импульс»
zarya Заря
zenit-avto Зенит-Авто
zerno-povolzhya Зерно Поволжья
zolotaya-rybka Золотая рыбка
izumrud Изумруд
ip-kovaleva ИП Ковалёва
ip-safronov ИП Сафронов
interer-lyuks Интерьер-Люкс
iskra Искра
kadrovyy-dom Кадровый дом
karavay Каравай
karat Карат
kafe-bez-skobok Кафе «Без [скобок]»
kvadrat Квадрат
kedr Кедр
klinika-istok Клиника «Исток»
kolos Колос
kometa Комета
kompas-tur Компас-Тур
korporatsiya-podarkov Корпорация подарков
kristall Кристалл
krovlya-tsentr Кровля-Центр
laboratoriya-chistoty Лаборатория чистоты
laym Лайм
lesnoy-dvor Лесной двор
liniya-sveta Линия света
logos Логос
lotos-farm Лотос-Фарм
magnitnyy-ostrov Магнитный остров
mayak Маяк
medtehnika-yug Медтехника-Юг
meridian Меридиан
metallist Металлист
mir-tkani Мир ткани
moloko-privolzhya Молоко Приволжья
monolit Монолит
most-inzhiniring Мост-Инжиниринг
neva-plast Нева-Пласт
neptun Нептун
novyy-dom Новый дом
nord-servis Норд-Сервис
oazis Оазис
okean-snab Океан-Снаб
olimp Олимп
optima Оптима
orbita Орбита
orgtehnika-servis Оргтехника-Сервис
orion Орион
parus Парус
pekarnya-teplyy-hleb Пекарня «Тёплый хлеб»
perspektiva Перспектива
piksel Пиксель
planeta-igr Планета игр
polyus Полюс
potentsial Потенциал
premium-okna Премиум-Окна
priboy Прибой
puls Пульс
raduga Радуга
rakurs Ракурс
resurs-kadry Ресурс-Кадры
rodnik Родник
rubin Рубин
russkiy-len Русский лён
sad-i-ogorod Сад и огород
saturn Сатурн
svezhest Свежесть
severnyy-veter Северный ветер
sirius Сириус
snezhinka Снежинка
sokol Сокол
solnechnyy-krug Солнечный круг
spektr Спектр
standart-okna Стандарт-Окна
start Старт
stomatologiya-ulybka Стоматология «Улыбка»
stroymarket Строймаркет
sfera Сфера
tandem Тандем
teplotsentr Теплоцентр
tehno-layn Техно-Лайн
tipografiya-ottisk Типография «Оттиск»
tranzit Транзит
triumf Триумф
uralskiy-samotsvet Уральский самоцвет
feniks Феникс
formula-vody Формула воды
hlebnyy-dom Хлебный дом
torgovyy-dom-severo-zapa Торговый дом «Северо-Западная снабженческая и производственно-комплектующая компания»
"""

FIRM = Firm(
    settings={"currency": "RUB", "timezone": "Europe/Moscow", "country": "RU", "guaranteed_minimum": "150000.00"},
    domain="mir-soft.example",
    remote_zone="Asia/Yekaterinburg",
    people=(
        ("anna", "Анна Лебедева"),
        ("lida", "Лидия Соколова"),
        ("oleg", "Олег Тимофеев"),
        ("marina", "Марина Кузнецова"),
        ("pavel", "Павел Жуков"),
        ("nina", "Нина Фёдорова"),
        ("slava", "Вячеслав Орлов"),
        ("egor", "Егор Щукин"),
        ("ira", "Ирина Новикова"),
        ("max", "Максим Ёлкин"),
        ("galina", "Галина Петровна Зимина"),
        ("viktor", "Виктор Андреевич Громов"),
    ),
    clients=_CLIENTS,
    women=(
        ("Ольга", "Светлана", "Наталья", "Елена", "Татьяна", "Юлия", "Людмила", "Вера", "Алёна", "Дарья"),
        (
            "Смирнова",
            "Иванова",
            "Белова",
            "Морозова",
            "Павлова",
            "Козлова",
            "Егорова",
            "Никитина",
            "Крылова",
            "Зайцева",
        ),
    ),
    men=(
        ("Андрей", "Сергей", "Дмитрий", "Алексей", "Николай", "Роман", "Игорь", "Константин"),
        ("Смирнов", "Волков", "Соловьёв", "Васильев", "Попов", "Гусев", "Титов", "Макаров", "Фомин", "Денисов"),
    ),
    posts=("главный бухгалтер", "бухгалтер", "директор", "кладовщик", "кассир", "менеджер", "системный администратор"),
    phone="+7 (000) {a:03}-{b:02}-{c:02}",
    client_notes=(
        "Звонить только после 10:00, утром у них планёрка.",
        "База сильно доработана, перед обновлением — копия и проверка печатных форм.",
        "Удалённый доступ только через системного администратора, заявка за час.",
        "Решения принимает главный бухгалтер, директору — только суммы.",
        "Сдают отчётность в последний день, 20–25 числа отвечать быстрее.",
        "Сервер в облаке, терминал, 18 рабочих мест.",
        "Две организации в одной базе, не путать ИНН.",
        "Просят акты вместе со счётом, до 5 числа.",
    ),
    toxic=(
        "Кричит по телефону, угрожает жалобами директору. Разговаривать вдвоём, итог — письмом",
        "Требует срочности по каждой заявке и не отвечает на вопросы",
        "Отказывается принимать выполненную работу, спорит о каждом часе",
        "Пишет сотрудникам ночью в личные мессенджеры",
    ),
    course="Курс: зарплата и отчётность",
    days_off=(),
    short_days=("12-30",),
    hourly_rate=2_500,
    price="{amount:_} ₽",
)
