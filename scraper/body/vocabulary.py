"""The one list of words that mark what surrounds articles, by what it is, in the languages of news sites.

A category has `labels` (the whole line, case and punctuation aside), `starts` (how such a line begins) and `phrases`
(anywhere in a line that is no long paragraph). No word here names a site: it is what people who write templates call
these things. `labels.py` finds them in lines.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CATEGORIES", "Category"]


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of text around articles."""

    name: str
    reason: str
    """In words, as `explain` says it."""
    labels: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for line in text.strip().splitlines() for part in line.split("|") if part.strip())


CATEGORIES: tuple[Category, ...] = (
    Category(
        "invitation",
        "invitation to follow, subscribe, share or write",
        labels=_words("""
            share this article|share this story|share this page|share this news|listen to this article
            listen to this story|listen to article|artikel teilen|beitrag teilen|diesen artikel teilen|artikel anhören
            partager cet article|partagez cet article|écouter cet article|écoutez cet article|compartir esta noticia
            compartir este artículo|comparte esta noticia|comparte este artículo|escucha este artículo
            escuchar esta noticia|condividi questo articolo|condividi l'articolo|ascolta questo articolo
            ascolta l'articolo|compartilhe esta notícia|compartilhe essa notícia|compartilhe este artigo
            compartilhe nas redes sociais|ouça este artigo|deel dit artikel|luister naar dit artikel
            udostępnij artykuł|podziel się artykułem|posłuchaj artykułu|haberi paylaş|поделитесь статьей
            поделиться новостью|поделитесь новостью|поділитися новиною|شارك هذا المقال|شارك المقال|bagikan artikel ini
            chia sẻ bài viết|この記事をシェア|この記事をシェアする|この記事を聴く|分享本文|分享到|기사 공유하기|이 기사를 공유합니다
            dela artikeln|dela den här artikeln|lyssna på artikeln|del artiklen|lyt til artiklen|del artikkelen
            lytt til artikkelen|jaa artikkeli|kuuntele juttu|ossza meg|sdílejte článek|sdílet článek|zdieľajte článok
            distribuie articolul|podijelite članak|podelite vest|comments are closed|report an error|report a typo
            fehler melden|fehler gefunden?|zgłoś błąd|segnala un errore|signaler une erreur|сообщить об ошибке"""),
        starts=_words("""
            follow us on|follow us at|follow us for|like us on facebook|find us on facebook|join us on facebook
            join us on telegram|join us on whatsapp|join our telegram|join our whatsapp|join our channel
            click here to join our|click here to subscribe|click here to sign up|click here to follow|sign up for our
            sign up to our|sign up here for our|sign up for the newsletter|sign up for daily|subscribe to our
            subscribe to the newsletter|subscribe to get our|get our newsletter|get breaking news alerts
            get the latest news delivered|get the best of our|download our app|download our free app
            download our mobile app|get our app|do you have a story for us|do you have a news tip|have a news tip
            got a news tip|got a story? |got a tip?|have you spotted an error|spotted an error|found an error?
            see an error?|folgen sie uns auf|folgen sie uns bei|folgt uns auf|folge uns auf|folgen sie uns jetzt
            abonnieren sie unseren|abonnieren sie unsere|abonniere unseren|abonniere unsere|abonniert unseren
            jetzt newsletter|jetzt unseren newsletter|jetzt den newsletter|jetzt whatsapp-kanal|jetzt zum newsletter
            hier zum newsletter|hier den newsletter|hier unseren newsletter|melden sie sich für unseren newsletter
            melden sie sich hier für|melden sie sich jetzt für|melde dich für unseren newsletter|melde dich jetzt für
            laden sie unsere app|laden sie sich unsere|laden sie hier unsere|lade dir unsere app|testen sie unser digital
            testen sie jetzt unser|hier geht es zur bildergalerie|hier geht's zur bildergalerie|hier geht es zum newsletter
            haben sie einen fehler|haben sie fehler|hast du einen fehler|fehler gefunden? |fehler entdeckt?
            teilen sie diesen artikel|abonnez-vous à notre|abonnez-vous à nos|abonnez-vous à la newsletter
            inscrivez-vous à notre|inscrivez-vous à nos|inscrivez-vous à la newsletter|recevez notre newsletter
            recevez nos newsletters|suivez-nous sur|suivez nous sur|rejoignez-nous sur|rejoignez notre chaîne
            rejoignez notre canal|retrouvez-nous sur|téléchargez notre application|téléchargez notre appli
            téléchargez gratuitement notre|vous avez repéré une erreur|suscríbete a nuestro|suscríbete a nuestra
            suscríbete a nuestros|suscríbete a nuestras|suscríbase a nuestro|suscríbase a nuestra|suscríbete al boletín
            suscríbete al newsletter|suscríbete a la newsletter|suscríbete gratis|síguenos en|síganos en|seguinos en
            síguenos a través|únete a nuestro|únete a nuestra|únase a nuestro|únete al canal|únete aquí|sumate a nuestro
            súmate a nuestro|descarga nuestra app|descarga nuestra aplicación|descargue nuestra|recibe nuestro boletín
            recibe nuestra newsletter|recibe en tu correo|recibe las noticias|apúntate a nuestra|apúntate a la newsletter
            ¿encontraste un error|¿has visto un error|iscriviti alla nostra|iscriviti al nostro|iscriviti alla newsletter
            iscrivetevi alla nostra|iscriviti gratis|seguici su|seguici anche su|seguiteci su|unisciti al nostro
            unisciti al canale|entra nel nostro canale|scarica la nostra app|ricevi la nostra newsletter
            ricevi le notizie|hai trovato un errore|assine nossa|assine a nossa|assine a newsletter|inscreva-se na nossa
            inscreva-se no nosso|inscreva-se em nosso|siga-nos no|siga-nos na|siga-nos nas|siga-nos em|siga a gente
            siga o nosso|siga nosso|siga nossas|clique aqui para entrar|clique aqui e entre|clique aqui e receba
            clique aqui para receber|clique aqui para seguir|clique aqui e siga|entre no nosso canal
            entre no nosso grupo|entre em nosso|participe do nosso grupo|participe do nosso canal|receba nossas
            receba nossa|receba as notícias|receba as principais|receba notícias|baixe o nosso app|baixe nosso app
            faça parte do nosso|acompanhe-nos|acompanhe nossas|encontrou um erro|encontrou algum erro
            schrijf je in voor onze|schrijf u in voor onze|schrijf je hier in|meld je aan voor onze|meld u aan voor onze
            meld je aan voor de nieuwsbrief|abonneer je op onze|volg ons op|volg ons via|download onze app
            ontvang onze nieuwsbrief|foutje gezien|fout gezien|zapisz się do naszego|zapisz się na nasz
            zapisz się na newsletter|zapisz się do newslettera|obserwuj nas|śledź nas|polub nas|dołącz do nas na
            pobierz naszą aplikację|subskrybuj nasz|znalazłeś błąd|bültenimize abone|bültenimize kaydol|e-bültenimize
            bizi takip edin|bizi facebook|bizi instagram|bizi twitter|bizi x'te|bizi google|telegram kanalımıza
            whatsapp kanalımıza|kanalımıza abone|uygulamamızı indir|подпишитесь на наш|подпишитесь на нашу
            подпишитесь на рассылку|подпишитесь на канал|подпишись на наш|подписывайтесь на наш|подписывайтесь на нашу
            подписывайтесь на рассылку|подписывайтесь на канал|подписывайся на наш|читайте нас в|читайте нас на
            следите за нами|следите за нашими|присоединяйтесь к нам|присоединяйтесь к нашему|вступайте в нашу
            вступайте в наш|скачайте наше|скачивайте наше|нашли ошибку|нашли опечатку|заметили ошибку
            если вы нашли ошибку|підписуйтесь на наш|підписуйтеся на наш|підпишіться на наш|підписуйтесь на канал
            читайте нас у|приєднуйтесь до нас|приєднуйтесь до нашого|приєднуйтеся до нашого|стежте за нами
            слідкуйте за нами|знайшли помилку|якщо ви помітили помилку|تابعونا على|تابعنا على|اشترك في نشرتنا
            اشتركوا في نشرتنا|اشترك في النشرة|انضموا إلى قناتنا|انضم إلى قناتنا|عضویت در خبرنامه|کانال تلگرام ما
            עקבו אחרינו|הצטרפו לערוץ|הירשמו לניוזלטר|हमें फॉलो करें|हमारे व्हाट्सएप|हमारे टेलीग्राम|ikuti kami di
            ikuti saluran whatsapp|ikuti berita terbaru|dapatkan berita terbaru|dapatkan update berita
            gabung di grup|gabung ke grup|unduh aplikasi kami|theo dõi chúng tôi|đăng ký nhận bản tin|đăng ký nhận tin
            tham gia kênh|メルマガに登録|メールマガジンに登録|メルマガ登録|公式lineで|公式xをフォロー|关注我们|订阅我们的|訂閱我們的
            追蹤我們|下载我们的|下載我們的|扫码关注|扫描二维码|微信扫一扫|뉴스레터 구독|카카오톡 채널|네이버에서 구독
            prenumerera på vårt|prenumerera på våra|anmäl dig till vårt|följ oss på|följ oss i|ladda ner vår app
            tipsa oss|tilmeld dig vores|følg os på|download vores app|abonner på vores|meld deg på vårt|følg oss på
            last ned vår app|abonner på vårt|tips oss|tilaa uutiskirje|tilaa uutiskirjeemme|tilaa uutiskirjeet
            seuraa meitä|lataa sovelluksemme|iratkozzon fel hírlevelünkre|iratkozzon fel a hírlevelünkre
            iratkozz fel hírlevelünkre|iratkozz fel a hírlevelünkre|kövessen minket|kövess minket|kövesse oldalunkat
            přihlaste se k odběru|odebírejte náš|sledujte nás|stáhněte si naši aplikaci|prihláste sa na odber
            odoberajte náš|abonați-vă la newsletter|abonează-te la newsletter|abonează-te la noi|urmărește-ne pe
            urmăriți-ne pe|descarcă aplicația noastră|εγγραφείτε στο newsletter|ακολουθήστε μας|абонирайте се за
            последвайте ни|следвайте ни|pratite nas na|prijavite se na newsletter|prijavite se na naš
            pretplatite se na naš|zapratite nas|spremljajte nas|sekite mus|sekojiet mums|seko mums|jälgi meid
            segueix-nos|subscriu-te|ติดตามเรา|already a subscriber|already have a subscription|support our journalism
            support independent journalism|become a member today|déjà abonné|bereits abonnent|sie sind bereits abonnent
            ¿ya eres suscriptor|já é assinante|sei già abbonato|have your say in|let us know in the comments
            let us know what you think|diskutieren sie mit|comenta esta noticia|mantente informado en
            escucha esta nota|escuchar esta nota|if you enjoyed this article|if you enjoyed this story
            if you liked this article|if you liked this story|dir hat der artikel gefallen
            hat ihnen der artikel gefallen|hat dir der artikel gefallen|ti è piaciuto questo articolo
            cet article vous a plu|vous avez aimé cet article|gostou deste artigo|gostou desta notícia
            ¿te ha gustado este|¿te gustó este artículo|podobał ci się artykuł|понравилась статья|сподобалась стаття"""),
    ),
    Category(
        "share",
        "share label",
        labels=_words("""
            share|share this|share this article|share this story|share article|share on facebook|share on twitter
            shares|share this post|tweet|tweet this|email|e-mail|email this|print|print this|print article|copy link
            link copied|facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|flipboard|messenger|viber|vk
            instagram|youtube|tumblr|threads|bluesky|mastodon|xing|line|wechat|weibo|google+|save|bookmark
            gift article|send|pin it|pocket|mail|rss|sms|teilen|artikel teilen|drucken|merken|per mail teilen
            link kopieren|auf facebook teilen|versenden|twittern|partager|partager l'article|imprimer|envoyer
            enregistrer|copier le lien|compartir|compartir en|imprimir|guardar|enviar|copiar enlace|compartilhar
            compartilhe|partilhar|salvar|condividi|stampa|salva|invia|delen|afdrukken|del|del artikkel|dela
            dela artikeln|jaa|jaa artikkeli|udostępnij|podziel się|drukuj|sdílet|tisk|tisknout|zdieľať|megosztás
            distribuie|paylaş|yazdır|поделиться|поделитесь|распечатать|поділитися|роздрукувати|сподели|podeli
            podijeli|κοινοποίηση|μοιραστείτε|bagikan|cetak|chia sẻ|in bài|分享|列印|打印|シェア|シェアする|ツイート
            印刷|保存|공유|공유하기|인쇄|مشاركة|شارك|طباعة|اشتراک گذاری|שתף|שתפו|הדפסה|शेयर करें|शेयर|แชร์|dalintis
            jagä|jaga|dalies"""),
        starts=_words("""
            share this|share on|share via|share with|click to share|click to print|click to email|share the|share:
            tweet|teilen auf|auf facebook|auf twitter|partager sur|compartir en|compartilhar no|condividi su
            поделиться в"""),
    ),
    Category(
        "print",
        "line of a print version",
        labels=_words("""
            print version|printer-friendly version|printer friendly version|close window|druckversion|fenster schließen
            version imprimable|versión para imprimir|versão para impressão|versione stampabile|afdrukversie"""),
        starts=_words("""
            article printed from|this article was printed from|printed from:|url to article:|url to article|source url:
            find this article at|you can find this article at|this article can be found at|click here to print
            the original article can be found at|original url:|diesen artikel finden sie unter|url dieses artikels
            artikel gedruckt von|cet article est disponible à l'adresse|url source:|url de l'article:
            artículo impreso de|url del artículo:|articolo stampato da|url dell'articolo:|dit artikel is te vinden op"""),
    ),
    Category(
        "follow",
        "invitation to follow",
        labels=_words("""
            follow|follow us|following|folgen|folgen sie uns|suivez-nous|síguenos|siga-nos|seguici|volg ons|følg oss
            följ oss|śledź nas|sledujte nás|подписаться|подписывайтесь|підписатися|takip et|bizi takip edin
            ikuti kami|关注我们|追蹤|フォロー|تابعنا|تابعونا|دنبال کنید"""),
        starts=_words("""
            follow us on|follow us at|follow him on|follow her on|like us on|find us on|join us on|folgen sie uns
            folge uns|suivez-nous|síguenos en|siga-nos|siga o|seguici su|volg ons|подписывайтесь на|подпишитесь на
            читайте нас|присоединяйтесь|підписуйтесь|підписуйтеся|приєднуйтесь|bizi takip|ikuti kami|theo dõi|تابعنا
            تابعونا|तारीफ करें"""),
        phrases=_words("""
            follow us on|follow him on twitter|follow her on twitter|our telegram channel|our whatsapp channel
            whatsapp-kanal|unserem telegram|canal de whatsapp|canal de telegram|chaîne whatsapp|canale whatsapp
            canale telegram|наш telegram|наш телеграм|в telegram-канал|telegram-канал|телеграм-канал|в яндекс.дзен
            google news|google новости|join our whatsapp|join our telegram|grup whatsapp|saluran whatsapp"""),
    ),
    Category(
        "newsletter",
        "newsletter vocabulary",
        labels=_words("""
            newsletter|newsletters|sign up|subscribe|your email|email address|your email address|enter your email
            get updates|abonnieren|anmelden|e-mail-adresse|s'abonner|s'inscrire|suscribirse|suscríbete|iscriviti
            assine|inscreva-se|aanmelden|abonneren|zapisz się|přihlásit|abone ol|подписка|рассылка|订阅|訂閱|購読
            구독|اشترك|berlangganan|đăng ký"""),
        starts=_words("""
            sign up for|sign up to|subscribe to our|get the latest|get our|stay informed with|stay up to date
            don't miss out|don't miss a|don't miss our|don't miss the|get the day's|by signing up|by subscribing|by registering|by clicking|by submitting
            melden sie sich|jetzt anmelden|hier geht es zu|inscrivez-vous|abonnez-vous|suscríbete|regístrate|recibe
            iscriviti|ricevi|inscreva-se|receba|cadastre-se|meld je aan|schrijf je in|zapisz się|odbierz|подпишитесь
            подписывайтесь|підпишіться|abone olun"""),
        phrases=_words("""
            newsletter|news letter|in your inbox|to your inbox|delivered to your|into your inbox|sign up here
            mailing list|email updates|e-mail updates|dans votre boîte|en tu correo|nella tua casella|no seu e-mail
            nieuwsbrief|nyhetsbrev|nyhedsbrev|uutiskirje|hírlevél|biuletyn|на рассылку|нашу рассылку|e-bülten|bản tin
            メールマガジン|メルマガ|뉴스레터|النشرة البريدية|نشرتنا"""),
    ),
    Category(
        "related",
        "pointer to other articles",
        labels=_words("""
            read more|read next|read also|also read|related|related articles|related stories|related news
            related posts|related topics|related content|more stories|more news|more on this|more on this topic
            more like this|most read|most popular|trending|trending now|latest news|latest|recommended
            recommended for you|you may also like|you might also like|editor's picks|top stories
            in case you missed it|up next|next article|previous article|see also|don't miss|must read|popular
            more from|mehr zum thema|mehr zu|lesen sie auch|auch interessant|das könnte sie auch interessieren
            weiterlesen|meistgelesen|ähnliche artikel|verwandte artikel|zum thema|weitere artikel|passend dazu
            mehr lesen|nächster artikel|vorheriger artikel|lire aussi|à lire aussi|lire la suite|sur le même sujet
            les plus lus|à lire également|articles liés|voir aussi|en lire plus|lee también|le puede interesar
            te puede interesar|noticias relacionadas|más noticias|lo más leído|relacionados|leer más|ver también
            más información|te recomendamos|leia também|leia mais|veja também|mais lidas|notícias relacionadas
            relacionadas|saiba mais|leggi anche|leggi tutto|articoli correlati|potrebbe interessarti|i più letti
            ultime notizie|correlati|lees ook|lees meer|meest gelezen|gerelateerd|les også|les mer|mest lest|læs også
            læs mere|läs också|läs även|läs mer|lue myös|lue lisää|luetuimmat|czytaj też|czytaj także|czytaj więcej
            zobacz też|zobacz także|przeczytaj też|powiązane|přečtěte si|přečtěte si také|čtěte také|související
            mohlo by vás zajímat|prečítajte si|kapcsolódó|olvasta már|kapcsolódó cikkek|citește și|citește mai mult
            articole similare|pročitajte još|povezane vesti|прочетете още|още по темата|свързани статии|читайте также
            читать далее|читать также|по теме|материалы по теме|другие новости|похожие статьи|смотрите также
            подробнее|читайте також|читати далі|за темою|також читайте|διαβάστε επίσης|δείτε επίσης|σχετικά άρθρα
            περισσότερα|ilgili haberler|devamını oku|bunlar da ilginizi çekebilir|baca juga|berita terkait
            artikel terkait|selengkapnya|terpopuler|xem thêm|đọc thêm|tin liên quan|bài liên quan|相关阅读|相关新闻
            相關新聞|延伸閱讀|推荐阅读|更多|関連記事|関連|おすすめ|あわせて読みたい|続きを読む|관련기사|관련 기사
            더보기|많이 본 뉴스|اقرأ أيضا|اقرأ أيضاً|مواضيع ذات صلة|أخبار ذات صلة|المزيد|بیشتر بخوانید|مطالب مرتبط
            קראו גם|עוד בנושא|इसे भी पढ़ें|यह भी पढ़ें|ये भी पढ़ें|संबंधित खबरें|อ่านเพิ่มเติม|ข่าวที่เกี่ยวข้อง"""),
        starts=_words("""
            a lire aussi|a lire également|à voir également|à voir aussi|a voir aussi|no te pierdas:|bekijk ook
            noticia relacionada|noticias relacionadas:|nota relacionada|zum weiterlesen:|haberin devamı|devamı için
            read more:|read more about|read more on|read more from|read more >|read also:|also read:|also read -
            read:|read next:|related:|related article|more:|see also:|watch:|watch more|listen:|don't miss:
            must read:|click here to|click here for|more on|more from|see more|full story:|recommended:|photos:
            in pictures:|gallery:|lesen sie auch|lesen sie hier|lesen sie dazu|lesen sie mehr|mehr zum thema
            mehr zu diesem|auch interessant:|mehr dazu|lire aussi|à lire aussi|lire également|à lire :|voir aussi
            sur le même sujet|lire :|en savoir plus|lee también|lea también|leer también|lea más|te puede interesar
            le puede interesar|ver también|mira también|además:|más:|leia também|leia mais|leia:|veja também
            saiba mais|confira também|leggi anche|leggi qui|leggi:|vedi anche|approfondisci:|lees ook|lees meer
            zie ook|les også|les mer|læs også|läs också|läs även|läs mer|lue myös|lue lisää|czytaj też|czytaj także
            czytaj więcej|zobacz też|zobacz także|zobacz:|przeczytaj|czytaj:|čtěte také|přečtěte si|čtěte:
            prečítajte si|čítajte aj|olvassa el|citește și|citiți și|citeste si|pročitajte|прочетете|вижте още
            читайте также|читать также|смотрите также|также по теме|подробнее:|читайте в|читайте:|читайте також
            також:|дивіться також|διαβάστε|δείτε ακόμα|ilgili haber|baca juga|baca:|simak juga|xem thêm|đọc thêm|>>|»
            ▶|►|☞|👉|→|➡|相关阅读|延伸閱讀|関連記事|続きを|اقرأ أيضا|اقرأ أيضاً|اقرأ المزيد|شاهد أيضا|بیشتر بخوانید
            קראו גם|यह भी पढ़ें|इसे भी पढ़ें|ये भी पढ़ें"""),
    ),
    Category(
        "comments",
        "comments label",
        labels=_words("""
            comments|comment|leave a comment|post a comment|add a comment|write a comment|join the conversation
            view comments|show comments|hide comments|no comments|no comments yet|leave a reply|reply|cancel reply
            post comment|load comments|kommentare|kommentieren|kommentar schreiben|kommentar|antworten
            diskutieren sie mit|commentaires|commenter|réagir|laisser un commentaire|répondre|réactions|comentarios
            comentar|deja un comentario|deja una respuesta|responder|comentários|comente|deixe um comentário
            deixe uma resposta|commenti|lascia un commento|commenta|rispondi|reacties|reageer|reageren|kommentarer
            kommenter|kommentera|skriv kommentar|kommentit|kommentoi|komentarze|skomentuj|dodaj komentarz|komentáře
            diskuse|diskusia|komentáre|hozzászólások|szólj hozzá|comentarii|lasă un comentariu|коментари|комментарии
            комментировать|оставить комментарий|обсудить|коментарі|залишити коментар|komentari|ostavi komentar|σχόλια
            yorumlar|yorum yap|yorum|komentar|tulis komentar|bình luận|评论|評論|留言|發表評論|コメント|コメントする
            댓글|댓글쓰기|التعليقات|تعليقات|أضف تعليق|نظرات|نظر شما|תגובות|הוסף תגובה|टिप्पणियाँ|टिप्पणी करें
            ความคิดเห็น"""),
        starts=_words("""
            your email address will not be published|required fields are marked|please log in to comment
            you must be logged in|log in to comment|the comments below|comments are|comment on this|notify me of
            save my name|have your say|ihre e-mail-adresse wird nicht|deine e-mail-adresse wird nicht
            votre adresse e-mail ne sera|votre adresse de messagerie|tu dirección de correo|o seu endereço de email
            seu endereço de e-mail|il tuo indirizzo email|ваш e-mail не будет|ваш адрес email"""),
    ),
    Category(
        "advertising",
        "advertising label",
        labels=_words("""
            contenido patrocinado|contenu sponsorisé|contenuto sponsorizzato|conteúdo patrocinado|materiał sponsorowany
            gesponsert|gesponserter inhalt|gesponsorde inhoud|sponsrat innehåll|sponset innhold|sponsoreret indhold
            externer inhalt|empfohlener inhalt|empfohlener externer inhalt|empfohlener redaktioneller inhalt
            redaktionell empfohlener inhalt
            advertisement|advertisements|advertising|ad|ads|sponsored|sponsored content|paid content|promoted
            promoted content|partner content|story continues below advertisement
            article continues below advertisement|continue reading below|continue reading|article continues after ad
            scroll to continue|anzeige|werbung|anzeigen|publicité|pub|publi-information|publicidad|anuncio|anuncios
            publicidade|propaganda|continua após a publicidade|continua depois da publicidade|pubblicità|advertentie
            reclame|annonse|annons|annonce|reklame|reklam|mainos|reklama|reklaam|hirdetés|publicitate|oglas|реклама
            advertorial|διαφήμιση|iklan|quảng cáo|广告|廣告|広告|スポンサーリンク|광고|إعلان|تبلیغات|פרסומת|विज्ञापन
            โฆษณา|scroll to continue with content"""),
        starts=_words("""
            la suite après|continua a leggere dopo|tekst gaat verder|tekst loopt door|lees verder onder
            artikel gaat verder|artikeln fortsätter|texten fortsätter|artiklen fortsætter|artikkelen fortsetter
            saken fortsetter|juttu jatkuu|la nota continúa|el artículo continúa|continue lendo após|dalsza część artykułu
            dalsza część tekstu|hier sollte ein inhalt
            article continues below|story continues below|continue reading below|continue watching|scroll to continue
            advertisement|continua após|continua dopo|der artikel wird nach|nach der anzeige|diesen inhalt
            an dieser stelle|affiliate|sponsored by"""),
        phrases=_words("""
            affiliate commission|earn a commission|small commission|affiliate link|affiliate-link|lien affilié"""),
    ),
    Category(
        "legal",
        "copyright or consent text",
        labels=_words("""
            privacy policy|terms of use|terms of service|terms and conditions|terms|privacy|cookies|cookie policy
            cookie settings|imprint|contact|contact us|about us|legal notice|accessibility|disclaimer
            all rights reserved|accept|accept all|reject all|decline|datenschutz|impressum|agb|kontakt
            alle rechte vorbehalten|akzeptieren|mentions légales|confidentialité|tous droits réservés|accepter
            aviso legal|política de privacidad|todos los derechos reservados|aceptar|termos de uso
            todos os direitos reservados|note legali|informativa privacy|tutti i diritti riservati|accetta
            все права защищены|политика конфиденциальности"""),
        starts=_words("""
            copyright|©|(c) 20|© 20|all rights reserved|this material may not be|this article may not be|reproduction
            we use cookies|this website uses cookies|this site uses cookies|by continuing to|by using this
            this site is protected by|alle rechte vorbehalten|diese website verwendet|wir verwenden cookies
            nous utilisons des cookies|toute reproduction|tous droits|utilizamos cookies|todos los derechos|prohibida
            queda prohibida|todos os direitos|é proibida|proibida|tutti i diritti|riproduzione riservata|utilizziamo
            все права|при использовании материалов|перепечатка|використання матеріалів|todos os|版权|版權|未经|未經
            無断転載|ⓒ|저작권자|<저작권자|wszelkie prawa|všechna práva|přetiskování|minden jog"""),
        phrases=_words("""
            all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados
            todos os direitos reservados|tutti i diritti riservati|riproduzione riservata|без письменного разрешения
            may not be published, broadcast|privacy policy|terms of service|terms of use|cookie policy
            datenschutzerklärung|datenschutzbestimmungen|politique de confidentialité|política de privacidad
            política de privacidade|política de cookies|informativa sulla privacy|политикой конфиденциальности
            prohibida su reproducción|無断転載|무단전재|无断转载|禁止转载|未经授权|未經授權
            wszelkie prawa zastrzeżone"""),
    ),
    Category(
        "subscription",
        "subscription pitch",
        labels=_words("""
            subscribe now|subscribe today|already a subscriber?|already a member?|log in|login|sign in|register
            create account|my account|join now|donate|donate now|support us|become a member|try for free
            start free trial|jetzt abonnieren|jetzt testen|einloggen|registrieren|schon abonnent?|s'identifier
            se connecter|je m'abonne|déjà abonné ?|iniciar sesión|suscríbete ahora|entrar|assine já|accedi|abbonati
            registrati|inloggen|logg inn|logga in|kirjaudu|zaloguj|zaloguj się|přihlásit se|войти|giriş|登录|登入
            ログイン|会員登録|로그인|تسجيل الدخول"""),
        starts=_words("""
            already a subscriber|already have an account|subscribe for|subscribe to read|to continue reading
            create a free account|support our journalism|support independent|this article is only
            this content is only|unlock this|get unlimited access|jetzt weiterlesen|weiterlesen mit|sie haben bereits
            mit einem abo|cet article est réservé|il vous reste|contenido exclusivo|conteúdo exclusivo|este contenido
            contenuto riservato|この記事は有料|残り"""),
        phrases=_words("""
            unlimited access to|subscribers only|for subscribers|réservé aux abonnés|exclusivo para suscriptores
            exclusivo para assinantes|support our work|make a donation|your support|become a subscriber
            become a member|free trial|cancel anytime|有料会員"""),
    ),
    Category(
        "source",
        "line that names a source",
        starts=_words("""
            source:|sources:|quellen:|source :|sources :|fuente:|fuentes:|fonte:|fontes:|bron:|bronnen:|kilde:|kilder:
            källa:|källor:|kaynak:|zdroj:|المصدر:|المصدر :|来源：|来源:|來源：|來源:|資料來源|출처:|출처 :|出典：|sumber:|nguồn:
            πηγή:|sursa:|sursa foto:|izvor:|forrás:|lähde:|fot. """),
    ),
    Category(
        "media",
        "label of a picture, video or recording",
        labels=_words("""
            photo|photos|image|images|picture|video|videos|gallery|photo gallery|slideshow|watch|watch video
            watch now|play|play video|listen|listen to this article|audio|podcast|now playing|close|open|expand
            enlarge|enlarge image|view gallery|loading|loading...|file photo|infographic|map|graphic|foto|fotos|bild
            bilder|bildergalerie|fotostrecke|vorlesen|artikel anhören|anhören|diaporama|écouter|écouter l'article
            galería|fotogalería|imagen|escuchar|ver video|galeria|imagem|ouvir|ouça|galleria|fotogallery|immagine
            ascolta|guarda il video|beeld|luister|bilde|lytt|lyssna|kuva|zdjęcie|zdjęcia|galeria zdjęć|wideo|obrázek
            фото|видео|фотогалерея|слушать|відео|фотогалерия|resim|galeri|dengarkan|ảnh|图片|图集|視頻|视频|影片|写真
            画像|動画|音声|사진|영상|동영상|صورة|صور|فيديو|عکس|ویدیو|תמונה|וידאו|फोटो|वीडियो"""),
        starts=_words("""
            photo:|photos:|photo by|photo credit|photograph:|photograph by|image:|image credit|image source|picture:
            pictures:|pictured:|credit:|caption:|file photo|video by|video:|screenshot:|illustration:|graphic:|foto:|fotos:
            bild:|bilder:|bildquelle|bildrechte|quelle:|grafik:|symbolbild|archivbild|photo :|crédit photo
            crédits photo|crédit :|©|crédito:|créditos:|imagen:|imagem:|crédit|immagine:|beeld:|illustrasjonsfoto
            kuva:|fot.|zdjęcie:|źródło:|фото:|источник:|иллюстрация|джерело:|fotoğraf:|sumber foto|ảnh:|图片来源|图：
            图为|图/|圖／|写真：|写真＝|撮影|画像|사진=|사진 =|사진:|[사진|(사진|صورة:|الصورة:"""),
    ),
    Category(
        "reading",
        "reading time, counter or time label",
        labels=_words("""
            min read|minute read|views|view|views:|read|reads|updated|published|last updated|just now|new|exclusive
            breaking|breaking news|live|opinion|analysis|explainer|lesezeit|aktualisiert|veröffentlicht
            temps de lecture|mis à jour|publié|actualizado|publicado|tiempo de lectura|atualizado|tempo de leitura
            aggiornato|tempo di lettura|обновлено|опубликовано|просмотров|время чтения|okunma"""),
        starts=_words("""
            reading time|read time|estimated reading|time to read|lesedauer|lesezeit|temps de lecture
            tiempo de lectura|tempo de leitura|tempo di lettura|leestijd|lesetid|lästid|время чтения|время на чтение
            просмотров|views:|page views|hits:|okunma süresi"""),
    ),
    Category(
        "tags",
        "tags or topics",
        labels=_words("""
            tags|tag|topics|keywords|categories|category|filed under|schlagwörter|schlagworte|themen|stichwörter
            mots-clés|sujets|thèmes|etiquetas|temas|palabras clave|tags relacionadas|assuntos|argomenti|etichette
            trefwoorden|emner|emneord|ämnen|aiheet|avainsanat|tagi|tematy|štítky|témata|címkék|etichete|теги|темы
            метки|мітки|ключови думи|etiketler|topik|từ khóa|标签|標籤|關鍵字|タグ|キーワード|태그|الوسوم
            كلمات مفتاحية|الكلمات الدالة|برچسب ها|תגיות|टैग्स"""),
        starts=_words("""
            tags:|tag:|topics:|keywords:|filed under|posted in|categories:|category:|schlagwörter:|themen:|mots-clés
            etiquetas:|temas:|tópicos:|argomenti:|trefwoorden:|tagi:|štítky:|теги:|метки:|темы:|мітки:|etiketler:
            标签|標籤|關鍵字|タグ：|태그|الوسوم"""),
    ),
    Category(
        "author",
        "note about the author",
        labels=_words("""
            about the author|about the authors|about author|author|authors|written by|more by this author
            view all posts|view profile|contributors|über den autor|über die autorin|zur person|à propos de l'auteur
            sobre el autor|acerca del autor|sobre o autor|autori|informazioni sull'autore|об авторе|про автора
            yazar hakkında|关于作者|著者|この記者|기자"""),
        starts=_words("""
            about the author|view all posts by|more by|all posts by|contact the author|reach the reporter
            email the author|über den autor|zum autor|view author|the author is|the writer is|sobre el autor
            об авторе"""),
        phrases=_words("""
            can be reached at|contributed to this report|contributed reporting|views expressed in this
            opinions expressed in this|views expressed are|opinions expressed are"""),
    ),
    Category(
        "navigation",
        "navigation",
        labels=_words("""
            home|menu|search|skip to content|skip to main content|skip to navigation|back to top|back|top|next
            previous|prev|more|all|show more|load more|view all|see all|sections|news|toggle navigation|close menu
            main menu|site map|sitemap|english|startseite|suche|zurück|weiter|nach oben|zum inhalt springen|mehr
            alle anzeigen|accueil|rechercher|recherche|retour|haut de page|aller au contenu|inicio|buscar|menú|volver
            ir al contenido|início|busca|voltar|ir para o conteúdo|cerca|torna su|vai al contenuto|zoeken|terug|hjem
            søk|sök|etusivu|haku|strona główna|szukaj|wróć|domů|hledat|главная|поиск|меню|наверх|назад|головна|пошук
            anasayfa|ara|beranda|cari|trang chủ|首页|首頁|搜索|搜尋|返回|トップ|検索|ホーム|メニュー|홈|검색|메뉴
            الرئيسية|بحث|خانه|جستجو|ראשי|חיפוש|होम|หน้าแรก"""),
    ),
)
"""In order of precedence where two match."""
