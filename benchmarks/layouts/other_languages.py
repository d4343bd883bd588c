"""Short invented stories in languages that stories.py does not have."""

TOLD: dict[str, tuple[tuple[str, str], tuple[str, ...]]] = {
    "de": (
        ("Hafenarbeiter legen die Kräne still", "Streik in Valmar geht in die zweite Woche"),
        (
            "Am Montagmorgen blieben im Hafen von Valmar alle Kräne stehen, weil die Nachtschicht seit März auf ihren Lohn wartet.",
            "Die Betreiberin hatte eine Liste mit vierzig Namen vorgelegt, die niemand unterschreiben wollte, und die Tore schließen lassen.",
            "Vor dem Nordtor sangen am Abend die Köchinnen der Schule, während die Anwälte drinnen noch über den neuen Dienstplan sprachen.",
        ),
    ),
    "it": (
        ("I portuali fermano le gru", "Lo sciopero di Valmar entra nella seconda settimana"),
        (
            "Lunedì mattina nel porto di Valmar si sono fermate tutte le gru, perché il turno di notte aspetta lo stipendio da marzo.",
            "La società aveva presentato un elenco di quaranta nomi che nessuno ha voluto firmare, e aveva fatto chiudere i cancelli.",
            "La sera davanti al cancello nord cantavano le cuoche della scuola, mentre gli avvocati parlavano ancora dei nuovi orari.",
        ),
    ),
    "ca": (
        ("Els estibadors aturen les grues", "La vaga de Valmar entra a la segona setmana"),
        (
            "Dilluns al matí es van aturar totes les grues del port de Valmar, perquè el torn de nit espera el sou des del març.",
            "L’operadora havia presentat una llista de quaranta noms que ningú no va voler signar, i havia fet tancar les portes.",
            "Al vespre, davant la porta nord, cantaven les cuineres de l’escola mentre els advocats encara parlaven del nou horari.",
        ),
    ),
    "nl": (
        ("Havenarbeiders leggen de kranen stil", "Staking in Valmar gaat de tweede week in"),
        (
            "Maandagochtend stonden in de haven van Valmar alle kranen stil, omdat de nachtploeg sinds maart op haar loon wacht.",
            "Het bedrijf had een lijst met veertig namen voorgelegd die niemand wilde tekenen, en liet de poorten sluiten.",
            "Bij de noordpoort zongen ’s avonds de kokkinnen van de school, terwijl de advocaten nog over het nieuwe rooster spraken.",
        ),
    ),
    "ru": (
        ("Докеры остановили краны", "Забастовка в Вальмаре длится вторую неделю"),
        (
            "В понедельник утром в порту Вальмара остановились все краны, потому что ночная смена с марта ждёт зарплату.",
            "Компания представила список из сорока фамилий, который никто не захотел подписать, и велела закрыть ворота.",
            "Вечером у северных ворот пели поварихи из школы, а адвокаты внутри всё ещё говорили о новом расписании.",
        ),
    ),
    "ar": (
        ("عمال الميناء يوقفون الرافعات", "الإضراب في فالمار يدخل أسبوعه الثاني"),
        (
            "توقفت صباح الاثنين جميع الرافعات في ميناء فالمار لأن عمال الليل ينتظرون أجورهم منذ شهر آذار ولم يتلقوا أي رد.",
            "وكانت الشركة قد قدمت قائمة من أربعين اسما رفض الجميع التوقيع عليها وأمرت بإغلاق البوابات في وجه العمال.",
            "وفي المساء غنت طباخات المدرسة أمام البوابة الشمالية بينما كان المحامون في الداخل يناقشون جدول العمل الجديد.",
        ),
    ),
    "zh": (
        ("码头工人停下起重机", "瓦尔马罢工进入第二周"),
        (
            "星期一早上，瓦尔马港所有的起重机都停了下来，因为夜班工人从三月起就没有领到工资，公司也没有给出任何答复。",
            "公司提出了一份四十人的名单，没有人愿意在上面签字，于是公司下令关上大门，不让工人进去。",
            "晚上，学校的厨师们在北门外唱歌，律师们还在里面讨论新的排班表，整条街的人都出来听。",
        ),
    ),
    "ja": (
        ("港湾労働者がクレーンを止める", "ヴァルマルのストライキは二週目に"),
        (
            "月曜日の朝、ヴァルマル港のすべてのクレーンが止まった。夜勤の労働者が三月から賃金を受け取っていないためである。",
            "会社は四十人の名簿を示したが、だれも署名しようとしなかったので、門を閉めるように命じた。",
            "夜になると北門の前で学校の調理師たちが歌い、弁護士たちは中で新しい勤務表について話し合っていた。",
        ),
    ),
    "ko": (
        ("항만 노동자들 크레인을 멈추다", "발마르 파업 둘째 주로"),
        (
            "월요일 아침 발마르 항구의 모든 크레인이 멈추었다. 야간조 노동자들이 삼월부터 임금을 받지 못했기 때문이다.",
            "회사는 마흔 명의 명단을 내놓았지만 아무도 서명하려 하지 않았고, 회사는 문을 닫으라고 지시했다.",
            "저녁에는 북문 앞에서 학교 조리사들이 노래했고, 변호사들은 안에서 새 근무표를 두고 이야기하고 있었다.",
        ),
    ),
}
"""For each language: two headlines, and the paragraphs of a text."""
