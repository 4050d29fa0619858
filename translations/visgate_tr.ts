<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="tr" sourcelanguage="en">
<context>
    <name>Attentions</name>
    <message>
        <source>No GPU is free at the price you agreed to. %1 can be had for up to %2, %3 more.</source>
        <translation>Onayladığınız fiyata boşta GPU yok. %1 en çok %2 ile alınabilir; bu %3 daha fazla.</translation>
    </message>
    <message>
        <source>Nothing runs and nothing costs while it waits. Say yes, or remove it.</source>
        <translation>Beklerken hiçbir şey çalışmaz ve para harcanmaz. Onaylayın ya da kaldırın.</translation>
    </message>
    <message>
        <source>Take it for %1</source>
        <translation>%1 ile al</translation>
    </message>
    <message>
        <source>None of the GPUs you agreed to is free. %1 can be had for up to %2.</source>
        <translation>Onayladığınız GPU&apos;lardan hiçbiri boşta değil. %1 en çok %2 ile alınabilir.</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>See: %1</source>
        <translation>Bakın: %1</translation>
    </message>
    <message>
        <source>--%1 takes one of: %2.</source>
        <translation>--%1 şunlardan birini alır: %2.</translation>
    </message>
    <message>
        <source>--%1 takes a number from %2 to %3.</source>
        <translation>--%1, %2 ile %3 arasında bir sayı alır.</translation>
    </message>
    <message>
        <source>--%1 needs a value.</source>
        <translation>--%1 bir değer ister.</translation>
    </message>
    <message>
        <source>Print one JSON document on standard output, errors included</source>
        <translation>Standart çıktıya tek bir JSON belgesi yaz, hatalar da içinde</translation>
    </message>
    <message>
        <source>Language of the words: en or tr (default: from LANG)</source>
        <translation>Sözlerin dili: en veya tr (varsayılan: LANG)</translation>
    </message>
    <message>
        <source>Data folder (default: VISGATE_DATA_DIR, else ~/.local/share/visgate)</source>
        <translation>Veri klasörü (varsayılan: VISGATE_DATA_DIR, yoksa ~/.local/share/visgate)</translation>
    </message>
    <message>
        <source>Explain a command</source>
        <translation>Bir komutu açıkla</translation>
    </message>
    <message>
        <source>Print the version</source>
        <translation>Sürümü yaz</translation>
    </message>
    <message>
        <source>There is no option %1 here.</source>
        <translation>Burada %1 diye bir seçenek yok.</translation>
    </message>
    <message>
        <source>--%1 is given twice.</source>
        <translation>--%1 iki kez verilmiş.</translation>
    </message>
    <message>
        <source>--%1 takes no value.</source>
        <translation>--%1 değer almaz.</translation>
    </message>
    <message>
        <source>There is no command &quot;%1&quot;.</source>
        <translation>&quot;%1&quot; diye bir komut yok.</translation>
    </message>
    <message>
        <source>%1 needs: %2.</source>
        <translation>%1 şunu ister: %2.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is one word too many.</source>
        <translation>&quot;%1&quot; fazladan bir sözcük.</translation>
    </message>
    <message>
        <source>not ours, left alone</source>
        <translation>bizim değil, dokunulmadı</translation>
    </message>
    <message>
        <source>in use, left alone</source>
        <translation>kullanımda, dokunulmadı</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>silindi</translation>
    </message>
    <message>
        <source>would be deleted</source>
        <translation>silinecek</translation>
    </message>
    <message>
        <source>Delete every endpoint that Visgate made, those in use as well? Type yes:</source>
        <translation>Kullanımda olanlar da içinde, Visgate&apos;in oluşturduğu her uç nokta silinsin mi? evet yazın:</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>evet</translation>
    </message>
    <message>
        <source>Nothing is there to clean up.</source>
        <translation>Temizlenecek bir şey yok.</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Hedef</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Uç nokta</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>Kurulum</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Ne oluyor</translation>
    </message>
    <message>
        <source>Delete those in use as well</source>
        <translation>Kullanımda olanları da sil</translation>
    </message>
    <message>
        <source>Only say what would be deleted</source>
        <translation>Yalnızca neyin silineceğini söyle</translation>
    </message>
    <message>
        <source>There is no completion for &quot;%1&quot;: take bash, zsh or fish.</source>
        <translation>&quot;%1&quot; için tamamlama yok: bash, zsh veya fish alın.</translation>
    </message>
    <message>
        <source>Print a script that lets your shell complete commands and options</source>
        <translation>Kabuğunuzun komutları ve seçenekleri tamamlaması için bir betik yaz</translation>
    </message>
    <message>
        <source>Deleted: %1</source>
        <translation>Silindi: %1</translation>
    </message>
    <message>
        <source>Delete a deployment and its endpoint, and wait until the provider has confirmed it</source>
        <translation>Bir kurulumu ve uç noktasını sil, sağlayıcı onaylayana kadar bekle</translation>
    </message>
    <message>
        <source>The wish is stored at once and survives everything; the log and the pictures stay on this computer.</source>
        <translation>İstek hemen kaydedilir ve her şeye dayanır; günlük ve resimler bu bilgisayarda kalır.</translation>
    </message>
    <message>
        <source>How long to wait for the confirmation (default: 180)</source>
        <translation>Onay için ne kadar beklenir (varsayılan: 180)</translation>
    </message>
    <message>
        <source>Left running. Delete it with: visgatectl delete %1</source>
        <translation>Çalışır bırakıldı. Silmek için: visgatectl delete %1</translation>
    </message>
    <message>
        <source>Deleting what was begun ...</source>
        <translation>Başlanmış olan siliniyor ...</translation>
    </message>
    <message>
        <source>Deleted; nothing is left running.</source>
        <translation>Silindi; çalışan bir şey kalmadı.</translation>
    </message>
    <message>
        <source>Stopped waiting. Delete the deployment (d), or leave it running (Enter)?</source>
        <translation>Bekleme durdu. Kurulum silinsin mi (d), yoksa çalışır mı kalsın (Enter)?</translation>
    </message>
    <message>
        <source>--out needs --prompt and --wait.</source>
        <translation>--out için --prompt ve --wait gerekir.</translation>
    </message>
    <message>
        <source>Put a model to work; with --prompt, make the first picture</source>
        <translation>Bir modeli işe koş; --prompt ile ilk resmi yap</translation>
    </message>
    <message>
        <source>What the first picture shows</source>
        <translation>İlk resimde ne görünsün</translation>
    </message>
    <message>
        <source>Seed of the first picture (default: a random one)</source>
        <translation>İlk resmin tohumu (varsayılan: rastgele)</translation>
    </message>
    <message>
        <source>Copy the picture to this file (with --prompt and --wait)</source>
        <translation>Resmi bu dosyaya kopyala (--prompt ve --wait ile)</translation>
    </message>
    <message>
        <source>Wait until the model is ready, or the picture is there</source>
        <translation>Model hazır olana ya da resim gelene kadar bekle</translation>
    </message>
    <message>
        <source>How long --wait waits (default: 3600)</source>
        <translation>--wait ne kadar bekler (varsayılan: 3600)</translation>
    </message>
    <message>
        <source>Only this GPU or pool, by its exact name (see: visgatectl gpus)</source>
        <translation>Yalnızca bu GPU veya havuz, tam adıyla (bakın: visgatectl gpus)</translation>
    </message>
    <message>
        <source>Branch, tag or commit of the model</source>
        <translation>Modelin dalı, etiketi veya sürümü</translation>
    </message>
    <message>
        <source>Practice only: how many times faster than life</source>
        <translation>Yalnızca alıştırma: gerçekten kaç kat hızlı</translation>
    </message>
    <message>
        <source>Create a new endpoint even where one could be used again</source>
        <translation>Yeniden kullanılabilecek biri olsa da yeni bir uç nokta oluştur</translation>
    </message>
    <message>
        <source>Data folder: %1, %2 free</source>
        <translation>Veri klasörü: %1, %2 boş</translation>
    </message>
    <message>
        <source>The worker program visgate-worker is missing.</source>
        <translation>İşçi programı visgate-worker eksik.</translation>
    </message>
    <message>
        <source>Install Visgate again; practice needs it.</source>
        <translation>Visgate&apos;i yeniden kurun; alıştırma için gerekir.</translation>
    </message>
    <message>
        <source>Worker program: %1</source>
        <translation>İşçi programı: %1</translation>
    </message>
    <message>
        <source>No other Visgate process runs on this data folder.</source>
        <translation>Bu veri klasöründe başka bir Visgate çalışmıyor.</translation>
    </message>
    <message>
        <source>Another Visgate process serves this data folder.</source>
        <translation>Bu veri klasörüne başka bir Visgate hizmet ediyor.</translation>
    </message>
    <message>
        <source>The store works.</source>
        <translation>Kayıtlar çalışıyor.</translation>
    </message>
    <message>
        <source>Keychain: %1</source>
        <translation>Anahtarlık: %1</translation>
    </message>
    <message>
        <source>Key %1: not set</source>
        <translation>%1 anahtarı: ayarlanmamış</translation>
    </message>
    <message>
        <source>Key %1: works</source>
        <translation>%1 anahtarı: çalışıyor</translation>
    </message>
    <message>
        <source>The model hub answers.</source>
        <translation>Model merkezi yanıt veriyor.</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>tamam</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>uyarı</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>başarısız</translation>
    </message>
    <message>
        <source>Check this computer: programs, store, keychain, keys, network</source>
        <translation>Bu bilgisayarı denetle: programlar, kayıtlar, anahtarlık, anahtarlar, ağ</translation>
    </message>
    <message>
        <source>A warning leaves something out of reach, though practice works. Ends with 3 when something failed.</source>
        <translation>Bir uyarı bir şeyi erişilmez bırakır, ama alıştırma çalışır. Bir şey başarısız olduysa 3 ile biter.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>yok</translation>
    </message>
    <message>
        <source>few</source>
        <translation>az</translation>
    </message>
    <message>
        <source>some</source>
        <translation>biraz</translation>
    </message>
    <message>
        <source>many</source>
        <translation>çok</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>bilinmiyor</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Havuz</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Bellek</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Fiyat</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Boşta</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>List the GPUs on offer, with memory, price and how many are free</source>
        <translation>Sunulan GPU&apos;ları bellek, fiyat ve boştaki sayılarıyla listele</translation>
    </message>
    <message>
        <source>There is no key &quot;%1&quot;: take runpod or hf.</source>
        <translation>&quot;%1&quot; diye bir anahtar yok: runpod veya hf alın.</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>ayarlanmamış</translation>
    </message>
    <message>
        <source>set, until the program ends</source>
        <translation>ayarlı, program kapanana kadar</translation>
    </message>
    <message>
        <source>set, in %1</source>
        <translation>ayarlı, yeri: %1</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Anahtar</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Durum</translation>
    </message>
    <message>
        <source>Key (it is not shown):</source>
        <translation>Anahtar (gösterilmez):</translation>
    </message>
    <message>
        <source>No key came on standard input.</source>
        <translation>Standart girdiden anahtar gelmedi.</translation>
    </message>
    <message>
        <source>The key works. It is %1.</source>
        <translation>Anahtar çalışıyor. Durumu: %1.</translation>
    </message>
    <message>
        <source>The key works.</source>
        <translation>Anahtar çalışıyor.</translation>
    </message>
    <message>
        <source>The key is forgotten.</source>
        <translation>Anahtar unutuldu.</translation>
    </message>
    <message>
        <source>Store a key in the keychain and check it with its service</source>
        <translation>Bir anahtarı anahtarlıkta sakla ve hizmetinde dene</translation>
    </message>
    <message>
        <source>The key is typed without being shown, or read from standard input. It never stands on a command
line, where other programs could see it.</source>
        <translation>Anahtar gösterilmeden yazılır ya da standart girdiden okunur. Diğer programların görebileceği
komut satırında asla durmaz.</translation>
    </message>
    <message>
        <source>Show which keys are stored, and where</source>
        <translation>Hangi anahtarların nerede saklandığını göster</translation>
    </message>
    <message>
        <source>Ask the service whether the stored key still works</source>
        <translation>Saklanan anahtarın hâlâ çalışıp çalışmadığını hizmete sor</translation>
    </message>
    <message>
        <source>Remove a key from the keychain</source>
        <translation>Bir anahtarı anahtarlıktan kaldır</translation>
    </message>
    <message>
        <source>Nothing is deployed.</source>
        <translation>Kurulu bir şey yok.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Şimdi</translation>
    </message>
    <message>
        <source>So far</source>
        <translation>Şimdiye dek</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>List the deployments, newest first</source>
        <translation>Kurulumları listele, en yenisi önce</translation>
    </message>
    <message>
        <source>Deleted ones too</source>
        <translation>Silinmiş olanlar da</translation>
    </message>
    <message>
        <source>At most so many (default: 20)</source>
        <translation>En çok bu kadar (varsayılan: 20)</translation>
    </message>
    <message>
        <source>Print a deployment&apos;s log; -f keeps following it</source>
        <translation>Bir kurulumun günlüğünü yaz; -f izlemeyi sürdürür</translation>
    </message>
    <message>
        <source>Lines are kept on this computer for good. With -f new lines come until the deployment is deleted or
Ctrl+C; together with --json each line is then a JSON document of its own.</source>
        <translation>Satırlar bu bilgisayarda kalıcı olarak saklanır. -f ile kurulum silinene ya da Ctrl+C&apos;ye dek yeni
satırlar gelir; --json ile birlikte her satır kendi başına bir JSON belgesidir.</translation>
    </message>
    <message>
        <source>Go on with new lines as they come</source>
        <translation>Yeni satırlar geldikçe sürdür</translation>
    </message>
    <message>
        <source>Begin with the last N lines (default: 1000)</source>
        <translation>Son N satırla başla (varsayılan: 1000)</translation>
    </message>
    <message>
        <source>No model was found.</source>
        <translation>Model bulunamadı.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>İndirme</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lisans</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Görevler</translation>
    </message>
    <message>
        <source>List the models that Visgate knows, with memory, size and licence</source>
        <translation>Visgate&apos;in bildiği modelleri bellek, boyut ve lisansıyla listele</translation>
    </message>
    <message>
        <source>Search the hub for image and video models</source>
        <translation>Model merkezinde resim ve video modelleri ara</translation>
    </message>
    <message>
        <source>With --target practice the practice hub is searched.</source>
        <translation>--target practice ile alıştırma merkezi aranır.</translation>
    </message>
    <message>
        <source>visgate-worker was not found: %1</source>
        <translation>visgate-worker bulunamadı: %1</translation>
    </message>
    <message>
        <source>Run the practice provider alone, for other programs to try</source>
        <translation>Alıştırma sağlayıcısını tek başına çalıştır, başka programlar denesin diye</translation>
    </message>
    <message>
        <source>Folder of the account (default: practice in the data folder)</source>
        <translation>Hesabın klasörü (varsayılan: veri klasöründeki practice)</translation>
    </message>
    <message>
        <source>Port (default: any that is free)</source>
        <translation>Bağlantı noktası (varsayılan: boşta olan herhangi biri)</translation>
    </message>
    <message>
        <source>How many times faster than life it starts machines</source>
        <translation>Makineleri gerçekten kaç kat hızlı başlatır</translation>
    </message>
    <message>
        <source>The worker program (default: visgate-worker beside this program)</source>
        <translation>İşçi programı (varsayılan: bu programın yanındaki visgate-worker)</translation>
    </message>
    <message>
        <source>Serving %1</source>
        <translation>%1 sunuluyor</translation>
    </message>
    <message>
        <source>Look after the deployments without a window, until Ctrl+C</source>
        <translation>Pencere olmadan kurulumlara bak, Ctrl+C&apos;ye kadar</translation>
    </message>
    <message>
        <source>The process becomes the owner of the data folder; windows and other commands become its clients.
&quot;deploy&quot; without --wait starts it by itself with --leave-when-idle.</source>
        <translation>Süreç veri klasörünün sahibi olur; pencereler ve diğer komutlar onun istemcisi olur.
--wait olmadan &quot;deploy&quot;, onu --leave-when-idle ile kendisi başlatır.</translation>
    </message>
    <message>
        <source>End half a minute after nothing runs and nobody is connected</source>
        <translation>Hiçbir şey çalışmadıktan ve kimse bağlı kalmadıktan yarım dakika sonra bit</translation>
    </message>
    <message>
        <source>Show one deployment: state, GPU, stages, cost, first picture</source>
        <translation>Bir kurulumu göster: durum, GPU, aşamalar, maliyet, ilk resim</translation>
    </message>
    <message>
        <source>, %1 billed</source>
        <translation>, %1 faturalandı</translation>
    </message>
    <message>
        <source>none yet; planned: %1</source>
        <translation>henüz yok; planlanan: %1</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bölge</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>Aşamalar</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Maliyet</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Hata</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Ne yapmalı</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Not</translation>
    </message>
    <message>
        <source>Words it does not know</source>
        <translation>Bilmediği sözcükler</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Resim</translation>
    </message>
    <message>
        <source>done</source>
        <translation>bitti</translation>
    </message>
    <message>
        <source>failed; the sentence on standard error says why and what to do</source>
        <translation>başarısız; standart hatadaki cümle nedenini ve ne yapılacağını söyler</translation>
    </message>
    <message>
        <source>the command line cannot be understood</source>
        <translation>komut satırı anlaşılamıyor</translation>
    </message>
    <message>
        <source>something is missing: a key, the worker image, the keychain, a program</source>
        <translation>bir şey eksik: anahtar, çalıştırma imajı, anahtarlık ya da bir program</translation>
    </message>
    <message>
        <source>no such deployment, job or model</source>
        <translation>böyle bir kurulum, iş veya model yok</translation>
    </message>
    <message>
        <source>timed out or cancelled</source>
        <translation>süresi doldu ya da iptal edildi</translation>
    </message>
    <message>
        <source>Visgate puts image and video models to work on your own GPU account.</source>
        <translation>Visgate, resim ve video modellerini kendi GPU hesabınızda çalıştırır.</translation>
    </message>
    <message>
        <source>Usage:</source>
        <translation>Kullanım:</translation>
    </message>
    <message>
        <source>Commands:</source>
        <translation>Komutlar:</translation>
    </message>
    <message>
        <source>Options of every command:</source>
        <translation>Her komutun seçenekleri:</translation>
    </message>
    <message>
        <source>Exit codes:</source>
        <translation>Çıkış kodları:</translation>
    </message>
    <message>
        <source>First steps, with play money and without a key:</source>
        <translation>İlk adımlar, oyun parasıyla ve anahtarsız:</translation>
    </message>
    <message>
        <source>&quot;visgatectl COMMAND --help&quot; explains a command.</source>
        <translation>&quot;visgatectl KOMUT --help&quot; bir komutu açıklar.</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Seçenekler:</translation>
    </message>
    <message>
        <source>Examples:</source>
        <translation>Örnekler:</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Denetleniyor</translation>
    </message>
    <message>
        <source>Finding a GPU</source>
        <translation>GPU bulunuyor</translation>
    </message>
    <message>
        <source>Creating</source>
        <translation>Oluşturuluyor</translation>
    </message>
    <message>
        <source>Waiting for a free GPU</source>
        <translation>Boş GPU bekleniyor</translation>
    </message>
    <message>
        <source>Getting the model</source>
        <translation>Model alınıyor</translation>
    </message>
    <message>
        <source>Loading into the GPU</source>
        <translation>GPU&apos;ya yükleniyor</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Uykuda</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Hazır</translation>
    </message>
    <message>
        <source>Ready, notice failed</source>
        <translation>Hazır, bildirim iletilemedi</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Duraklatıldı</translation>
    </message>
    <message>
        <source>Parked by the provider</source>
        <translation>Sağlayıcı askıya aldı</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Dikkat gerekiyor</translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>Siliniyor</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Silindi</translation>
    </message>
    <message>
        <source>Sending the request</source>
        <translation>İstek gönderiliyor</translation>
    </message>
    <message>
        <source>Waiting for a worker</source>
        <translation>İşçi bekleniyor</translation>
    </message>
    <message>
        <source>Making the picture</source>
        <translation>Resim yapılıyor</translation>
    </message>
    <message>
        <source>Picture finished</source>
        <translation>Resim bitti</translation>
    </message>
    <message>
        <source>Picture failed</source>
        <translation>Resim başarısız</translation>
    </message>
    <message>
        <source>Picture cancelled</source>
        <translation>Resim iptal edildi</translation>
    </message>
    <message>
        <source>Picture took too long</source>
        <translation>Resim çok uzun sürdü</translation>
    </message>
    <message>
        <source>State not known</source>
        <translation>Durum bilinmiyor</translation>
    </message>
    <message>
        <source>$%1/h</source>
        <translation>$%1/sa</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 sn</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 dk %2 sn</translation>
    </message>
    <message>
        <source>below</source>
        <translation>altında</translation>
    </message>
    <message>
        <source>in sight</source>
        <translation>yaklaşıldı</translation>
    </message>
    <message>
        <source>reached: stopped</source>
        <translation>ulaşıldı: durduruldu</translation>
    </message>
    <message>
        <source>day</source>
        <translation>gün</translation>
    </message>
    <message>
        <source>month</source>
        <translation>ay</translation>
    </message>
    <message>
        <source>each deployment</source>
        <translation>her kurulum</translation>
    </message>
    <message>
        <source>No limit is set.</source>
        <translation>Hiç sınır konmamış.</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Sınır</translation>
    </message>
    <message>
        <source>Tell at</source>
        <translation>Uyarı sınırı</translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation>Durdurma</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>Harcanan</translation>
    </message>
    <message>
        <source>Say --tell, --stop or both.</source>
        <translation>--tell, --stop ya da ikisini birden verin.</translation>
    </message>
    <message>
        <source>Show the spending limits and where they stand</source>
        <translation>Harcama sınırlarını ve durumlarını göster</translation>
    </message>
    <message>
        <source>Set a spending limit: day, month, deployment, or one deployment&apos;s id</source>
        <translation>Bir harcama sınırı koy: day, month, deployment ya da bir kurulumun kimliği</translation>
    </message>
    <message>
        <source>At the second mark everything that the limit covers is stopped, and nothing new is started, until the
limit is raised or its day or month is over. &quot;deployment&quot; holds for each one without its own.</source>
        <translation>İkinci değere gelince sınırın kapsadığı her şey durdurulur ve sınır yükseltilene ya da günü, ayı bitene
kadar yeni bir şey başlatılmaz. &quot;deployment&quot;, kendi sınırı olmayan her kurulum için geçerlidir.</translation>
    </message>
    <message>
        <source>Say so when this much is spent</source>
        <translation>Bu kadar harcanınca haber ver</translation>
    </message>
    <message>
        <source>Stop when this much is spent</source>
        <translation>Bu kadar harcanınca durdur</translation>
    </message>
    <message>
        <source>Remove a spending limit</source>
        <translation>Bir harcama sınırını kaldır</translation>
    </message>
    <message>
        <source>stochastic: times vary, some starts stick, stock and prices move (default: quiet)</source>
        <translation>stochastic: süreler değişir, bazı başlatmalar takılır, stok ve fiyatlar oynar (varsayılan: quiet)</translation>
    </message>
    <message>
        <source>What chance draws from; the same number tells the same story</source>
        <translation>Rastlantının kaynağı; aynı sayı aynı öyküyü anlatır</translation>
    </message>
    <message>
        <source>Whether a starting container is billed; the provider&apos;s documents say both (default: yes)</source>
        <translation>Başlamakta olan kapsayıcının faturalanıp faturalanmadığı; sağlayıcının belgeleri ikisini de söyler (varsayılan: yes)</translation>
    </message>
    <message>
        <source>making pictures</source>
        <translation>resim yapmak</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>başlatmak</translation>
    </message>
    <message>
        <source>starts that never came up</source>
        <translation>hiç açılmayan başlatmalar</translation>
    </message>
    <message>
        <source>idle, before going to sleep</source>
        <translation>uykuya geçmeden önce boşta</translation>
    </message>
    <message>
        <source>kept warm</source>
        <translation>sıcak tutmak</translation>
    </message>
    <message>
        <source>Since %1: %2, now %3</source>
        <translation>%1 tarihinden beri: %2, şu an %3</translation>
    </message>
    <message>
        <source>Estimated %1, billed so far %2</source>
        <translation>Tahmin %1, şimdiye dek faturalanan %2</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>henüz yok</translation>
    </message>
    <message>
        <source>Settled bills differ from the estimate by %1</source>
        <translation>Kesinleşen faturaların tahminden farkı: %1</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Süre</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Neye</translation>
    </message>
    <message>
        <source>A month with %1 pictures a day: about %2 (%3 a picture)</source>
        <translation>Günde %1 resimle bir ay: yaklaşık %2 (resim başına %3)</translation>
    </message>
    <message>
        <source>Show what was spent, on what, and what a month would cost</source>
        <translation>Ne kadar, neye harcandığını ve bir ayın kaça geleceğini göster</translation>
    </message>
    <message>
        <source>An estimate from watching the workers, and beside it what the provider has billed. Where a bill is
settled, the bill counts.</source>
        <translation>İşçileri izleyerek çıkan tahmin ve yanında sağlayıcının faturaladığı. Fatura kesinleştiyse
fatura geçerlidir.</translation>
    </message>
    <message>
        <source>today, week, month or year (default: month)</source>
        <translation>today, week, month ya da year (varsayılan: month)</translation>
    </message>
    <message>
        <source>For the forecast (default: as many as so far)</source>
        <translation>Öngörü için (varsayılan: şimdiye kadarki kadar)</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>durduruldu</translation>
    </message>
    <message>
        <source>%1 workers left</source>
        <translation>%1 işçi kaldı</translation>
    </message>
    <message>
        <source>Nothing runs any more.</source>
        <translation>Artık hiçbir şey çalışmıyor.</translation>
    </message>
    <message>
        <source>Stop every endpoint of ours at every provider, and wait until nothing runs</source>
        <translation>Her sağlayıcıdaki bütün uç noktalarımızı durdur ve hiçbir şey çalışmayana kadar bekle</translation>
    </message>
    <message>
        <source>Each endpoint may have no workers from then on; the workers are read back until none is left. Deployments
stay, and can be resumed.</source>
        <translation>O andan sonra hiçbir uç noktanın işçisi olamaz; hiç kalmayana kadar işçiler yeniden okunur. Kurulumlar
durur ve sürdürülebilir.</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>boş</translation>
    </message>
    <message>
        <source>filling, %1 of %2</source>
        <translation>dolduruluyor, %1 / %2</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>tamam</translation>
    </message>
    <message>
        <source>No volume; nothing is kept near.</source>
        <translation>Ağ diski yok; önbellekte model de yok.</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Ağ diski</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Boyut</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Yer</translation>
    </message>
    <message>
        <source>A month</source>
        <translation>Aylık</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Kullanan</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>hiçbiri</translation>
    </message>
    <message>
        <source>A volume needs --size and --region.</source>
        <translation>Bir ağ diski için --size ve --region gerekir.</translation>
    </message>
    <message>
        <source>Say how large with --size.</source>
        <translation>Ne kadar büyük olacağını --size ile belirtin.</translation>
    </message>
    <message>
        <source>Deleted; it costs nothing any more.</source>
        <translation>Silindi; artık para harcamaz.</translation>
    </message>
    <message>
        <source>Secret key (it is not shown):</source>
        <translation>Gizli anahtar (gösterilmez):</translation>
    </message>
    <message>
        <source>The key is stored.</source>
        <translation>Anahtar saklandı.</translation>
    </message>
    <message>
        <source>Size of the volume; it can grow, never shrink</source>
        <translation>Ağ diskinin boyutu; büyüyebilir, asla küçülmez</translation>
    </message>
    <message>
        <source>Data center, such as EU-RO-1</source>
        <translation>Veri merkezi, örneğin EU-RO-1</translation>
    </message>
    <message>
        <source>List the volumes at the provider, what they cost and what is in them</source>
        <translation>Sağlayıcıdaki ağ disklerini, ücretlerini ve içlerindekini listele</translation>
    </message>
    <message>
        <source>Create a volume; it costs money until it is deleted</source>
        <translation>Ağ diski oluştur; silinene kadar para harcar</translation>
    </message>
    <message>
        <source>Keep a model near: copy it into a volume where it runs</source>
        <translation>Bir modeli GPU&apos;nun yanında sakla: çalıştığı yerdeki bir ağ diskine kopyala</translation>
    </message>
    <message>
        <source>Without --volume one is made for the model, near its GPUs and you. Every byte passes this computer.
What was copied before is not copied again. Deployments then load the model from there.</source>
        <translation>--volume verilmezse model için, GPU’larına ve size yakın bir ağ diski oluşturulur. Her bayt bu bilgisayardan geçer.
Önceden kopyalanan yeniden kopyalanmaz. Kurulumlar modeli sonra oradan yükler.</translation>
    </message>
    <message>
        <source>Into this volume</source>
        <translation>Bu ağ diskine</translation>
    </message>
    <message>
        <source>Make a volume larger</source>
        <translation>Bir ağ diskini büyüt</translation>
    </message>
    <message>
        <source>Delete a volume and what is in it</source>
        <translation>Bir ağ diskini ve içindekini sil</translation>
    </message>
    <message>
        <source>Store the S3 key of the provider&apos;s volumes, which filling needs</source>
        <translation>Sağlayıcının ağ disklerinin S3 anahtarını sakla; doldurmak için gerekir</translation>
    </message>
    <message>
        <source>The secret half is typed without being shown, or read from standard input.</source>
        <translation>Gizli yarısı gösterilmeden yazılır ya da standart girdiden okunur.</translation>
    </message>
    <message>
        <source>Data center or region, such as EU-RO-1 or EUROPE</source>
        <translation>Veri merkezi ya da bölge, örneğin EU-RO-1 veya EUROPE</translation>
    </message>
    <message>
        <source>Disk of the worker (default: what the model needs)</source>
        <translation>İşçinin diski (varsayılan: modelin gereksinimi)</translation>
    </message>
    <message>
        <source>Published prices of %1. Store a Runpod key to see what holds now.</source>
        <translation>%1 tarihinde yayımlanan fiyatlar. Şu an geçerli olanı görmek için bir Runpod anahtarı saklayın.</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>engel</translation>
    </message>
    <message>
        <source>Any of %1; at most %2</source>
        <translation>Şunlardan biri: %1; en çok %2</translation>
    </message>
    <message>
        <source>Waiting until the licence is accepted ...</source>
        <translation>Lisans kabul edilene kadar bekleniyor ...</translation>
    </message>
    <message>
        <source>Answer yes or no.</source>
        <translation>yes ya da no yanıtını verin.</translation>
    </message>
    <message>
        <source>Check what a deployment needs, before anything is paid</source>
        <translation>Bir kurulumun gereksinimlerini, para harcanmadan önce denetle</translation>
    </message>
    <message>
        <source>Each line was asked for real, all of them within three seconds. A line that is not ok says what to do.
Nothing is created. The exit code is 0 only when no line is blocked.</source>
        <translation>Her satır gerçekten sorulur, hepsi üç saniye içinde. İyi olmayan satır ne yapılacağını söyler.
Hiçbir şey oluşturulmaz. Çıkış kodu yalnızca hiçbir satırda engel yoksa 0’dır.</translation>
    </message>
    <message>
        <source>Wait until the model&apos;s licence has been accepted</source>
        <translation>Modelin lisansı kabul edilene kadar bekle</translation>
    </message>
    <message>
        <source>Answer a deployment that asks whether a dearer GPU may be used</source>
        <translation>Daha pahalı bir GPU kullanılabilir mi diye soran kurulumu yanıtla</translation>
    </message>
    <message>
        <source>look</source>
        <translation>bakın</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>dur</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Tarif</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Sürüm</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Görev</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>İstem</translation>
    </message>
    <message>
        <source>first picture %1, next %2, at most %3 (%4)</source>
        <translation>ilk resim %1, sonraki %2, en çok %3 (%4)</translation>
    </message>
    <message>
        <source>What the first picture shows (default: the recipe&apos;s first prompt)</source>
        <translation>İlk resmin ne göstereceği (varsayılan: tarifin ilk istemi)</translation>
    </message>
    <message>
        <source>Write a deployment&apos;s set-up as a recipe that others can deploy</source>
        <translation>Bir kurulumun ayarlarını başkalarının da kurabileceği bir tarif olarak yaz</translation>
    </message>
    <message>
        <source>Model, revision, task, sizes, GPU plan, limits and prompts; never a key or a token. Without --out
the recipe goes to standard output.</source>
        <translation>Model, sürüm, görev, boyutlar, GPU planı, sınırlar ve istemler; asla bir anahtar ya da erişim anahtarı (token) değil. --out
olmadan tarif standart çıktıya gider.</translation>
    </message>
    <message>
        <source>Write to this file (NAME.visgate)</source>
        <translation>Bu dosyaya yaz (AD.visgate)</translation>
    </message>
    <message>
        <source>Show what a recipe deploys, whether it can be, and the price</source>
        <translation>Bir tarifin neyi kurduğunu, kurulup kurulamayacağını ve fiyatını göster</translation>
    </message>
    <message>
        <source>Deploy a recipe and make its first picture</source>
        <translation>Bir tarifi çalıştır ve ilk resmini yap</translation>
    </message>
    <message>
        <source>No storage is set up; results come back directly.</source>
        <translation>Depolama ayarlı değil; sonuçlar doğrudan gelir.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adres</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>Depo</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Ön ek</translation>
    </message>
    <message>
        <source>Storage needs --endpoint, --region, --bucket and --key-id.</source>
        <translation>Depolama için --endpoint, --region, --bucket ve --key-id gerekir.</translation>
    </message>
    <message>
        <source>The storage takes, gives back and deletes.</source>
        <translation>Depolama alıyor, geri veriyor ve siliyor.</translation>
    </message>
    <message>
        <source>The storage is forgotten; what lies in it stays.</source>
        <translation>Depolama unutuldu; içindekiler yerinde kalır.</translation>
    </message>
    <message>
        <source>Show the bucket that results too big for a direct return go to</source>
        <translation>Doğrudan dönemeyecek kadar büyük sonuçların gittiği depoyu göster</translation>
    </message>
    <message>
        <source>Set up an S3 bucket of your own</source>
        <translation>Kendi S3 deponuzu ayarlayın</translation>
    </message>
    <message>
        <source>The secret key is typed without being shown, or read from standard input, and goes to the keychain.
Workers never get it: each job brings addresses that are signed for its own pictures.</source>
        <translation>Gizli anahtar gösterilmeden yazılır ya da standart girdiden okunur ve anahtarlığa gider.
İşçiler onu asla almaz: her iş, kendi resimleri için imzalanmış adresler getirir.</translation>
    </message>
    <message>
        <source>Address of the S3 service</source>
        <translation>S3 hizmetinin adresi</translation>
    </message>
    <message>
        <source>Its region, such as eu-central-1 or auto</source>
        <translation>Bölgesi, örneğin eu-central-1 ya da auto</translation>
    </message>
    <message>
        <source>Name of the bucket</source>
        <translation>Deponun adı</translation>
    </message>
    <message>
        <source>What every object&apos;s name begins with</source>
        <translation>Her nesnenin adının başı</translation>
    </message>
    <message>
        <source>Public half of the key</source>
        <translation>Anahtarın açık yarısı</translation>
    </message>
    <message>
        <source>Write, read and delete a small object there</source>
        <translation>Orada küçük bir nesne yaz, oku ve sil</translation>
    </message>
    <message>
        <source>Forget the bucket and its key</source>
        <translation>Depoyu ve anahtarını unut</translation>
    </message>
    <message>
        <source>Loaded from</source>
        <translation>Yüklendiği yer</translation>
    </message>
    <message>
        <source>your volume</source>
        <translation>ağ diskiniz</translation>
    </message>
    <message>
        <source>the hub</source>
        <translation>model merkezi</translation>
    </message>
    <message>
        <source>It asks</source>
        <translation>Sorusu</translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation>Yanıtınız bekleniyor</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>İş</translation>
    </message>
    <message>
        <source>Wait until the picture is there</source>
        <translation>Resim gelene kadar bekle</translation>
    </message>
    <message>
        <source>List the pictures asked for, of one deployment or of all</source>
        <translation>İstenen resimleri listele; bir kurulumun ya da hepsinin</translation>
    </message>
    <message>
        <source>Ask a deployment for a picture</source>
        <translation>Bir kurulumdan resim iste</translation>
    </message>
    <message>
        <source>Seed of the picture (default: a random one)</source>
        <translation>Resmin tohumu (varsayılan: rastgele)</translation>
    </message>
    <message>
        <source>Try a picture again that failed or took too long</source>
        <translation>Başarısız olan ya da çok uzun süren bir resmi yeniden dene</translation>
    </message>
    <message>
        <source>Give up a picture that is not finished</source>
        <translation>Bitmemiş bir resimden vazgeç</translation>
    </message>
    <message>
        <source>Only a runpod key can be tried.</source>
        <translation>Yalnızca bir runpod anahtarı denenebilir.</translation>
    </message>
    <message>
        <source>The key works and may create. It was not stored.</source>
        <translation>Anahtar çalışıyor ve oluşturabiliyor. Saklanmadı.</translation>
    </message>
    <message>
        <source>Ask what a key may do, without storing it</source>
        <translation>Bir anahtarın ne yapabildiğini onu saklamadan sor</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Adım</translation>
    </message>
    <message>
        <source>Show one model; with --json, also what may be asked of it</source>
        <translation>Tek bir modeli göster; --json ile ondan ne istenebileceğini de</translation>
    </message>
    <message>
        <source>this Visgate</source>
        <translation>bu Visgate</translation>
    </message>
    <message>
        <source>another Visgate</source>
        <translation>başka bir Visgate</translation>
    </message>
    <message>
        <source>not ours</source>
        <translation>bizim değil</translation>
    </message>
    <message>
        <source>There is no endpoint in your accounts.</source>
        <translation>Hesaplarınızda uç nokta yok.</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Oluşturan</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>İşçiler</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>List every endpoint of your accounts and who made it</source>
        <translation>Hesaplarınızdaki tüm uç noktaları ve kimin oluşturduğunu listele</translation>
    </message>
    <message>
        <source>%1 running, %2 starting, %3 idle, at most %4</source>
        <translation>%1 çalışıyor, %2 başlıyor, %3 boşta, en çok %4</translation>
    </message>
    <message>
        <source>seen %1 ago</source>
        <translation>%1 önce görüldü</translation>
    </message>
    <message>
        <source>Changed elsewhere</source>
        <translation>Başka yerde değişti</translation>
    </message>
    <message>
        <source>%1: from %2 to %3</source>
        <translation>%1: %2 yerine %3</translation>
    </message>
    <message>
        <source>Put away, and deleted at %1. Bring it back with: visgatectl restore %2</source>
        <translation>Kaldırıldı; %1 tarihinde silinecek. Geri getirmek için: visgatectl restore %2</translation>
    </message>
    <message>
        <source>There was nothing to keep. Deleted: %1</source>
        <translation>Saklanacak bir şey yoktu. Silindi: %1</translation>
    </message>
    <message>
        <source>Put it away at no cost for 24 hours, and delete it then</source>
        <translation>24 saat boyunca ücretsiz saklar, sonra siler</translation>
    </message>
    <message>
        <source>Paused: no worker runs.</source>
        <translation>Duraklatıldı: hiçbir işçi çalışmıyor.</translation>
    </message>
    <message>
        <source>Resumed.</source>
        <translation>Sürdürülüyor.</translation>
    </message>
    <message>
        <source>It is back: %1</source>
        <translation>Geri geldi: %1</translation>
    </message>
    <message>
        <source>Say what to change: --min, --max or --idle.</source>
        <translation>Neyin değişeceğini belirtin: --min, --max ya da --idle.</translation>
    </message>
    <message>
        <source>%1 to %2 workers, idle time-out %3 s.</source>
        <translation>%1 ile %2 arası işçi, boşta kalma süresi %3 sn.</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>fark yok</translation>
    </message>
    <message>
        <source>Release %1</source>
        <translation>Sürüm %1</translation>
    </message>
    <message>
        <source>the present one</source>
        <translation>şimdiki</translation>
    </message>
    <message>
        <source>From release %1 to release %2:</source>
        <translation>Sürüm %1 ile sürüm %2 arasında:</translation>
    </message>
    <message>
        <source>RELEASE is a number of the list that &quot;visgatectl releases ID&quot; prints.</source>
        <translation>RELEASE, &quot;visgatectl releases ID&quot; komutunun listelediği bir numaradır.</translation>
    </message>
    <message>
        <source>The configuration of release %1 is back, as release %2.</source>
        <translation>Sürüm %1 yapılandırması, sürüm %2 olarak geri geldi.</translation>
    </message>
    <message>
        <source>Change the limits of a deployment&apos;s workers</source>
        <translation>Bir kurulumun işçi sınırlarını değiştir</translation>
    </message>
    <message>
        <source>Fewest workers</source>
        <translation>En az işçi</translation>
    </message>
    <message>
        <source>Most workers</source>
        <translation>En çok işçi</translation>
    </message>
    <message>
        <source>Idle time-out</source>
        <translation>Boşta kalma süresi</translation>
    </message>
    <message>
        <source>List the configurations a deployment has had, or compare two</source>
        <translation>Bir kurulumun bugüne dek olan yapılandırmalarını listele ya da ikisini karşılaştır</translation>
    </message>
    <message>
        <source>Compare this release (default: the present one)</source>
        <translation>Bu sürümü karşılaştır (varsayılan: şimdiki)</translation>
    </message>
    <message>
        <source>with this one (default: the present one)</source>
        <translation>bununla (varsayılan: şimdiki)</translation>
    </message>
    <message>
        <source>Bring back the configuration of a release</source>
        <translation>Bir sürümün yapılandırmasını geri getir</translation>
    </message>
    <message>
        <source>It comes back as a new release that rolls out; limits of workers stay as they are.</source>
        <translation>Adım adım yayılan yeni bir sürüm olarak geri gelir; işçi sınırları olduğu gibi kalır.</translation>
    </message>
    <message>
        <source>Stop a deployment&apos;s workers and let none start</source>
        <translation>Bir kurulumun işçilerini durdur ve yenisini başlatma</translation>
    </message>
    <message>
        <source>Done once reading the workers back shows that none runs.</source>
        <translation>İşçiler yeniden okunup hiçbirinin çalışmadığı görüldüğünde tamamlanır.</translation>
    </message>
    <message>
        <source>Let a paused or parked deployment work again</source>
        <translation>Duraklatılmış ya da park edilmiş bir kurulumu yeniden çalıştır</translation>
    </message>
    <message>
        <source>Bring back what &quot;delete --keep&quot; has put away</source>
        <translation>&quot;delete --keep&quot; ile kaldırılanı geri getir</translation>
    </message>
    <message>
        <source>--window takes days, hours and a zone, like &quot;mon-fri 09:00-17:00 Europe/Istanbul&quot;; %1 is none.</source>
        <translation>--window günleri, saatleri ve bir saat dilimini alır; örneğin &quot;mon-fri 09:00-17:00 Europe/Istanbul&quot;; %1 böyle değil.</translation>
    </message>
    <message>
        <source>There is no time zone %1.</source>
        <translation>%1 diye bir saat dilimi yok.</translation>
    </message>
    <message>
        <source>--for takes a time such as 30m or 2h.</source>
        <translation>--for, 30m ya da 2h gibi bir süre alır.</translation>
    </message>
    <message>
        <source>--until takes a time of day such as 18:30.</source>
        <translation>--until, 18:30 gibi bir saat alır.</translation>
    </message>
    <message>
        <source>%1 a month, day and night, until you end it</source>
        <translation>siz bitirene dek gece gündüz, ayda %1</translation>
    </message>
    <message>
        <source>about %1 a month: %2 hours, %3 small jobs to warm up, %4 to hold it</source>
        <translation>ayda yaklaşık %1: %2 saat, ısıtmak için %3 küçük iş, sıcak tutmak için %4</translation>
    </message>
    <message>
        <source>%1 for this time</source>
        <translation>bu süre için %1</translation>
    </message>
    <message>
        <source>nothing while it is not used</source>
        <translation>kullanılmadığı sürece ücretsiz</translation>
    </message>
    <message>
        <source>Price: %1 (%2 for one worker).</source>
        <translation>Fiyat: %1 (bir işçi için %2).</translation>
    </message>
    <message>
        <source>It is kept warm.</source>
        <translation>Sıcak tutuluyor.</translation>
    </message>
    <message>
        <source>It is kept warm until %1.</source>
        <translation>%1 tarihine kadar sıcak tutuluyor.</translation>
    </message>
    <message>
        <source>It sleeps when it is not used.</source>
        <translation>Kullanılmadığında uyur.</translation>
    </message>
    <message>
        <source>It sleeps; it is kept warm from %1.</source>
        <translation>Uyuyor; %1 tarihinden itibaren sıcak tutulacak.</translation>
    </message>
    <message>
        <source>Always on costs %1 a month. Go on? (y/N)</source>
        <translation>Hep açık kalması ayda %1 tutar. Devam edilsin mi? (e/H)</translation>
    </message>
    <message>
        <source>One of --for, --until, --window, --always and --off, please.</source>
        <translation>--for, --until, --window, --always ve --off seçeneklerinden yalnızca birini verin.</translation>
    </message>
    <message>
        <source>Keep a deployment warm for a while, at certain hours, or always</source>
        <translation>Bir kurulumu bir süre, belirli saatlerde ya da hep sıcak tut</translation>
    </message>
    <message>
        <source>Without options it tells how the deployment is kept and what that costs. Hours go by the clock on the wall
of their zone (this computer&apos;s, unless one is named). A warm time is opened by a small job and held by
others; a process in the background sends them. When none runs any more, the idle time-out ends the
worker. Always on is billed day and night and asks first.</source>
        <translation>Seçenek verilmezse kurulumun nasıl tutulduğunu ve bunun ne tuttuğunu söyler. Saatler, saat diliminin duvar
saatine göredir (belirtilmezse bu bilgisayarınki). Sıcak süreyi küçük bir iş başlatır, başkaları sürdürür;
bunları arka plandaki bir süreç gönderir. O süreç çalışmıyorsa boşta kalma süresi işçiyi bitirir. Hep açık
tutmak gece gündüz ücretlendirilir ve önce sorulur.</translation>
    </message>
    <message>
        <source>From now on for so long: 30m, 2h</source>
        <translation>Şimdiden başlayarak bu kadar: 30m, 2h</translation>
    </message>
    <message>
        <source>From now on until this time of day: 18:30</source>
        <translation>Şimdiden bu saate kadar: 18:30</translation>
    </message>
    <message>
        <source>Every week at these hours; several are parted by &quot;;&quot;</source>
        <translation>Her hafta bu saatlerde; birden çoğu &quot;;&quot; ile ayrılır</translation>
    </message>
    <message>
        <source>One worker at least, day and night</source>
        <translation>Gece gündüz en az bir işçi</translation>
    </message>
    <message>
        <source>Agree to the price of --always</source>
        <translation>--always seçeneğinin fiyatını kabul et</translation>
    </message>
    <message>
        <source>Let it sleep when it is not used</source>
        <translation>Kullanılmadığında uyusun</translation>
    </message>
    <message>
        <source>Volumes: %1, together %2 a month; used by nothing: %3</source>
        <translation>Ağ diski: %1, toplam ayda %2; kullanılmayan: %3</translation>
    </message>
    <message>
        <source>A command is missing.</source>
        <translation>Bir komut eksik.</translation>
    </message>
    <message>
        <source>The result could not be written: %1</source>
        <translation>Sonuç yazılamadı: %1</translation>
    </message>
    <message>
        <source>Free some space there, or write it elsewhere; what was done stays done.</source>
        <translation>Orada yer açın ya da başka bir yere yazdırın; yapılan iş yapılmış kalır.</translation>
    </message>
    <message>
        <source>Warning: while this runs, every program on this computer can use the practice account, and so start
workers as you. Stop it when your tests are done; without --open only holders of its key get in.</source>
        <translation>Uyarı: bu çalıştığı sürece bu bilgisayardaki her program alıştırma hesabını kullanabilir, yani sizin adınıza
işçi başlatabilir. Testleriniz bitince durdurun; --open olmadan yalnızca anahtarı bilenler girebilir.</translation>
    </message>
    <message>
        <source>It speaks the wire of Runpod and of the hub with play money, on 127.0.0.1. One JSON line on standard
output says where. Its account lasts in the data folder. It ends with Ctrl+C, or ten minutes after its
last client. Commands start it by themselves when they need it. It asks every program for a key, which
only your own files hold: --print-keys tells it, for the programs that you start.</source>
        <translation>Runpod&apos;un ve model merkezinin dilini oyun parasıyla, 127.0.0.1 üzerinde konuşur. Nerede olduğunu standart
çıktıdaki tek bir JSON satırı söyler. Hesabı veri klasöründe kalır. Ctrl+C ile ya da son istemciden on dakika
sonra biter. Komutlar gerektiğinde onu kendileri başlatır. Her programdan, yalnızca sizin dosyalarınızda duran
bir anahtar ister: --print-keys bunu, sizin başlattığınız programlar için yazar.</translation>
    </message>
    <message>
        <source>Tell the keys in the line that says where it can be reached</source>
        <translation>Nereden erişileceğini söyleyen satırda anahtarları da yaz</translation>
    </message>
    <message>
        <source>Let every program on this computer in, with any practice key: for tests</source>
        <translation>Bu bilgisayardaki her programı, herhangi bir alıştırma anahtarıyla içeri al: testler için</translation>
    </message>
    <message>
        <source>Say on standard error what happens inside, as in the log folder</source>
        <translation>İçeride olanları günlük klasöründeki gibi standart hataya da yaz</translation>
    </message>
    <message>
        <source>Waiting for an answer ...</source>
        <translation>Yanıt bekleniyor ...</translation>
    </message>
    <message>
        <source>Waiting for an answer of %1 ...</source>
        <translation>%1 yanıtı bekleniyor ...</translation>
    </message>
    <message>
        <source>%1 or the keychain</source>
        <translation>%1 ya da anahtarlık</translation>
    </message>
    <message>
        <source>could not be asked: %1</source>
        <translation>sorulamadı: %1</translation>
    </message>
    <message>
        <source>Key %1: not known. %2</source>
        <translation>Anahtar %1: bilinmiyor. %2</translation>
    </message>
    <message>
        <source>%1 could not be asked: %2 %3</source>
        <translation>%1 hesabına sorulamadı: %2 %3</translation>
    </message>
    <message>
        <source>not known. %1</source>
        <translation>bilinmiyor. %1</translation>
    </message>
    <message>
        <source>If the keychain is locked, your desktop asks for its password now.</source>
        <translation>Anahtarlık kilitliyse masaüstünüz şimdi parolasını soracak.</translation>
    </message>
    <message>
        <source>The keychain is open.</source>
        <translation>Anahtarlık açık.</translation>
    </message>
    <message>
        <source>Open the keychain: your desktop asks for its password</source>
        <translation>Anahtarlığı açar: masaüstünüz parolasını sorar</translation>
    </message>
    <message>
        <source>%1, with the key of a request, could not be reached: %2 %3</source>
        <translation>%1 (bir istekle gelen anahtarla) ulaşılamadı: %2 %3</translation>
    </message>
    <message>
        <source>%1 could not be reached: %2 %3</source>
        <translation>%1 hesabına ulaşılamadı: %2 %3</translation>
    </message>
    <message>
        <source>There, nothing is confirmed. The wish is kept and carried out as soon as it can be, while Visgate runs.</source>
        <translation>Orada hiçbir şey doğrulanmadı. İstek saklandı; Visgate çalıştığı sürece, ulaşılır ulaşılmaz yerine getirilecek.</translation>
    </message>
    <message>
        <source>Pictures at once</source>
        <translation>Aynı anda resim</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Sınırlar</translation>
    </message>
    <message>
        <source>an idle worker leaves after %1; a picture may take %2, a start %3</source>
        <translation>boştaki işçi %1 sonra ayrılır; bir resim en çok %2, bir başlangıç en çok %3 sürer</translation>
    </message>
    <message>
        <source>Always on</source>
        <translation>Hep açık</translation>
    </message>
    <message>
        <source>%1 running day and night, also while nobody draws: %2 a day, %3 a month</source>
        <translation>gece gündüz, kimse çizmezken de %1 işçi çalışır: günde %2, ayda %3</translation>
    </message>
    <message>
        <source>This recipe keeps workers running day and night, also while nobody draws (%1 at least): %2 a month.</source>
        <translation>Bu tarif, kimse çizmezken de gece gündüz işçi çalıştırır (en az %1): ayda %2.</translation>
    </message>
    <message>
        <source>Agree to it with --yes, or set workers_min to 0 in the file and let them sleep.</source>
        <translation>--yes ile kabul edin ya da dosyada workers_min değerini 0 yapıp işçileri uyutun.</translation>
    </message>
    <message>
        <source>Deploy it at this price? (y/N)</source>
        <translation>Bu fiyata kurulsun mu? (e/H)</translation>
    </message>
    <message>
        <source>Agree to the price of workers that the recipe keeps running always</source>
        <translation>Tarifin hep çalıştırdığı işçilerin fiyatını kabul et</translation>
    </message>
    <message>
        <source>Warning: a key was in these words. It was taken out before anything was stored or sent; if others may
have seen it, make a new key and delete the old one.</source>
        <translation>Uyarı: bu sözlerin içinde bir anahtar vardı. Hiçbir şey saklanmadan ve gönderilmeden çıkarıldı; başkaları
görmüş olabilirse yeni bir anahtar oluşturup eskisini silin.</translation>
    </message>
    <message>
        <source>These bear Visgate&apos;s name but were not made here. They may be in use by another computer or by a colleague with the same key:</source>
        <translation>Bunlar Visgate&apos;in adını taşıyor ama burada oluşturulmadı. Başka bir bilgisayar ya da aynı anahtarı kullanan bir çalışma arkadaşınız bunları kullanıyor olabilir:</translation>
    </message>
    <message>
        <source>Delete them as well? Type yes:</source>
        <translation>Bunlar da silinsin mi? evet yazın:</translation>
    </message>
    <message>
        <source>of another computer or colleague, left alone</source>
        <translation>başka bir bilgisayarın ya da çalışma arkadaşının, dokunulmadı</translation>
    </message>
    <message>
        <source>asked for, not yet confirmed</source>
        <translation>istendi, henüz doğrulanmadı</translation>
    </message>
    <message>
        <source>Delete endpoints that were made here and no deployment uses any more</source>
        <translation>Burada oluşturulmuş ve artık hiçbir dağıtımın kullanmadığı uç noktaları sil</translation>
    </message>
    <message>
        <source>Ours is what this computer&apos;s records know. Endpoints that only bear Visgate&apos;s name are listed and left alone
unless you ask for them and type yes; all others are never touched.</source>
        <translation>Bu bilgisayarın kayıtlarının bildikleri bizimdir. Yalnızca Visgate&apos;in adını taşıyan uç noktalar listelenir ve siz
isteyip evet yazmadıkça onlara dokunulmaz; diğerlerine hiçbir zaman dokunulmaz.</translation>
    </message>
    <message>
        <source>Delete those that bear Visgate&apos;s name but were made elsewhere as well; asks first</source>
        <translation>Visgate&apos;in adını taşıyan ama başka yerde oluşturulmuş olanları da sil; önce sorar</translation>
    </message>
    <message>
        <source>Paused. Its endpoint goes on: another deployment uses it.</source>
        <translation>Duraklatıldı. Uç noktası çalışmayı sürdürüyor: başka bir dağıtım onu kullanıyor.</translation>
    </message>
    <message>
        <source>From when it is resumed: %1 to %2 workers, idle time-out %3 s.</source>
        <translation>Sürdürüldüğü andan itibaren: %1 ile %2 arası işçi, boşta kalma süresi %3 sn.</translation>
    </message>
    <message>
        <source>made here</source>
        <translation>burada oluşturuldu</translation>
    </message>
    <message>
        <source>another computer&apos;s or a colleague&apos;s</source>
        <translation>başka bir bilgisayarın ya da çalışma arkadaşının</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>Kimin</translation>
    </message>
    <message>
        <source>Asked for, not yet confirmed by the provider: it is not kept warm yet. &quot;visgatectl warm ID&quot; tells when it is.</source>
        <translation>İstendi, sağlayıcı henüz doğrulamadı: şimdilik sıcak tutulmuyor. Ne zaman tutulduğunu &quot;visgatectl warm ID&quot; söyler.</translation>
    </message>
    <message>
        <source>Its end is asked for, not yet confirmed by the provider: it may still be kept warm and cost money. &quot;visgatectl warm ID&quot; tells when it is over.</source>
        <translation>Bitirilmesi istendi, sağlayıcı henüz doğrulamadı: hâlâ sıcak tutuluyor ve para harcıyor olabilir. Ne zaman bittiğini &quot;visgatectl warm ID&quot; söyler.</translation>
    </message>
    <message>
        <source>%1 so far, %2 now</source>
        <translation>şimdiye dek %1, şu an %2</translation>
    </message>
    <message>
        <source>Besides, at least %1 by endpoints that are not Visgate&apos;s</source>
        <translation>Ayrıca Visgate&apos;in olmayan uç noktalar en az %1 tutuyor</translation>
    </message>
    <message>
        <source>Pulling the image</source>
        <translation>Çalıştırma imajı indiriliyor</translation>
    </message>
    <message>
        <source>deletion not confirmed yet</source>
        <translation>silinmesi henüz doğrulanmadı</translation>
    </message>
    <message>
        <source>new size not confirmed yet</source>
        <translation>yeni boyutu henüz doğrulanmadı</translation>
    </message>
    <message>
        <source>Workers that never leave are billed day and night, also while nobody draws (%1): %2 a month.</source>
        <translation>Hiç ayrılmayan işçiler, kimse çizmezken de gece gündüz ücretlendirilir (%1): ayda %2.</translation>
    </message>
    <message>
        <source>Keep them running at this price? (y/N)</source>
        <translation>Bu fiyata çalışır tutulsunlar mı? (e/H)</translation>
    </message>
    <message>
        <source>Agree to it with --yes, or let them sleep when they are not used (--min 0).</source>
        <translation>--yes ile kabul edin ya da kullanılmadıklarında uyutun (--min 0).</translation>
    </message>
    <message>
        <source>Done once the provider&apos;s own figures show it. Workers above the minimum leave after the idle time-out;
a minimum above 0 is billed day and night, and asks first.</source>
        <translation>Sağlayıcının kendi verileri gösterdiğinde tamamlanır. Alt sınırın üstündeki işçiler boşta kalma süresinden
sonra ayrılır; 0&apos;dan büyük bir alt sınır gece gündüz ücretlendirilir ve önce sorulur.</translation>
    </message>
    <message>
        <source>Agree to the price of workers that never leave</source>
        <translation>Hiç ayrılmayan işçilerin fiyatını kabul et</translation>
    </message>
    <message>
        <source>MODEL is a Hugging Face id (org/name), a link to its page, or a short name such as flux-schnell.
Without --wait the deployment&apos;s id is printed at once and a process in the background carries on.
The price is shown first; a dearer GPU, or another than those shown, is asked for before it is taken.
With --wait each stage is shown on standard error; at the end come the GPU really obtained, the cost
so far and, with --prompt, the picture. The endpoint then stays, asleep and free, until you delete it.
Ctrl+C while waiting asks whether to delete the deployment or to leave it running; when nobody can
answer, it is deleted.</source>
        <translation>MODEL bir Hugging Face adıdır (kurum/ad), sayfasının bağlantısıdır ya da flux-schnell gibi kısa bir addır.
--wait olmadan kurulumun kimliği hemen yazılır ve arka planda bir süreç sürdürür.
Önce fiyat gösterilir; daha pahalı ya da gösterilenlerden başka bir GPU alınmadan önce sorulur.
--wait ile her aşama standart hatada gösterilir; sonunda gerçekten alınan GPU, şimdiye dekki maliyet
ve --prompt verildiyse resim gelir. Uç nokta sonra siz silene dek uykuda ve ücretsiz kalır.
Beklerken Ctrl+C, kurulum silinsin mi çalışır mı kalsın diye sorar; kimse yanıtlayamıyorsa
silinir.</translation>
    </message>
    <message>
        <source>Any GPU up to this price an hour; dearer ones ask (default: the price shown)</source>
        <translation>Saati bu fiyatı aşmayan her GPU; daha pahalısı sorulur (varsayılan: gösterilen fiyat)</translation>
    </message>
    <message>
        <source>Nothing runs while it waits. Answer it with: %1</source>
        <translation>Beklerken hiçbir şey çalışmaz. Yanıtlamak için: %1</translation>
    </message>
    <message>
        <source>%1 (y/N)</source>
        <translation>%1 (e/H)</translation>
    </message>
    <message>
        <source>May %1 be used for up to %2, instead of the GPUs that were shown?</source>
        <translation>Gösterilen GPU&apos;ların yerine %1, en çok %2 karşılığında kullanılabilir mi?</translation>
    </message>
    <message>
        <source>May %1 be used for up to %2 (+%3)?</source>
        <translation>%1, en çok %2 (+%3) karşılığında kullanılabilir mi?</translation>
    </message>
    <message>
        <source>Nothing is recorded here, but whether something runs there is not known. Ask again where the keychain can be read.</source>
        <translation>Burada hiçbir kayıt yok, ama orada bir şeyin çalışıp çalışmadığı bilinmiyor. Anahtarlığın okunabildiği yerde yeniden sorun.</translation>
    </message>
    <message>
        <source>Runner</source>
        <translation>Çalıştırıcı</translation>
    </message>
    <message>
        <source>First step, warm</source>
        <translation>İlk adım, sıcak</translation>
    </message>
    <message>
        <source>First step, cold</source>
        <translation>İlk adım, soğuk</translation>
    </message>
    <message>
        <source>Making</source>
        <translation>Yapım</translation>
    </message>
    <message>
        <source>In the queue</source>
        <translation>Kuyrukta</translation>
    </message>
    <message>
        <source>Cold start</source>
        <translation>Soğuk başlatma</translation>
    </message>
    <message>
        <source>--by takes model, gpu and runner, with commas between.</source>
        <translation>--by için model, gpu ve runner sözcükleri, aralarında virgülle yazılır.</translation>
    </message>
    <message>
        <source>Nothing was measured yet: the first picture brings the first figures.</source>
        <translation>Henüz bir şey ölçülmedi: ilk sayılar ilk resimle gelir.</translation>
    </message>
    <message>
        <source>Half were quicker than the first figure, 19 of 20 than the second; how many in brackets.</source>
        <translation>Yarısı ilk sayıdan, 20’de 19’u ikinciden hızlıydı; parantezde kaç tane olduğu yazar.</translation>
    </message>
    <message>
        <source>How long pictures and starts took, by model, GPU and runner</source>
        <translation>Resimlerin ve başlatmaların ne kadar sürdüğü: modele, GPU’ya ve çalıştırıcıya göre</translation>
    </message>
    <message>
        <source>What to tell apart: model, gpu, runner, with commas between</source>
        <translation>Neye göre ayrılacağı: model, gpu, runner; aralarında virgülle</translation>
    </message>
    <message>
        <source>Only what was measured in the last N days</source>
        <translation>Yalnızca son N günde ölçülenler</translation>
    </message>
    <message>
        <source>--%1 takes the name of an account, such as %2.</source>
        <translation>--%1 bir hesap adı alır, örneğin %2.</translation>
    </message>
    <message>
        <source>Not installed. It fetches %1 and takes %2 of the disk (%3 are free).</source>
        <translation>Kurulu değil. %1 indirir ve diskte %2 yer kaplar (%3 boş).</translation>
    </message>
    <message>
        <source>Being installed: %1 of %2 %3</source>
        <translation>Kuruluyor: %1 / %2 %3</translation>
    </message>
    <message>
        <source>Begun: %1 of %2 are there. `visgatectl picture-engine install` goes on.</source>
        <translation>Başlandı: %1 / %2 hazır. `visgatectl picture-engine install` kaldığı yerden sürdürür.</translation>
    </message>
    <message>
        <source>Installed: %1. It draws on the processor, which is slow.</source>
        <translation>Kurulu: %1. İşlemcide çizer; bu yavaştır.</translation>
    </message>
    <message>
        <source>Installed: %1. It draws on %2.</source>
        <translation>Kurulu: %1. Çizen: %2.</translation>
    </message>
    <message>
        <source>Being removed.</source>
        <translation>Kaldırılıyor.</translation>
    </message>
    <message>
        <source>Show what draws real models on this computer</source>
        <translation>Bu bilgisayarda gerçek modelleri çizen motoru göster</translation>
    </message>
    <message>
        <source>Install it, or go on</source>
        <translation>Kur ya da kaldığı yerden sürdür</translation>
    </message>
    <message>
        <source>A Python of its own with torch and diffusers, in the data folder; nothing else on this computer changes.
Each part is checked by its sum. Interrupted, it goes on where it was.</source>
        <translation>Veri klasöründe, torch ve diffusers içeren ayrı bir Python; bu bilgisayarda başka hiçbir şey değişmez.
Her parça sağlama toplamıyla denetlenir. Yarıda kesilirse kaldığı yerden sürer.</translation>
    </message>
    <message>
        <source>Take it from the disk</source>
        <translation>Diskten kaldır</translation>
    </message>
    <message>
        <source>your electricity</source>
        <translation>elektriğiniz</translation>
    </message>
    <message>
        <source>On this computer; nobody charges for it</source>
        <translation>Bu bilgisayarda; kimse ücret almaz</translation>
    </message>
    <message>
        <source>%1, %2 a second; this model makes %3 of them</source>
        <translation>%1, saniyede %2; bu model kare sayısını %3 olarak ister</translation>
    </message>
    <message>
        <source>yes, once its page is accepted</source>
        <translation>evet, sayfası kabul edilince</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Çalışır mı</translation>
    </message>
    <message>
        <source>Runs with diffusers as</source>
        <translation>diffusers sınıfı</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Kareler</translation>
    </message>
    <message>
        <source>Picture, warm</source>
        <translation>Resim, sıcak</translation>
    </message>
    <message>
        <source>Picture, cold</source>
        <translation>Resim, soğuk</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Modelin yüklenmesi</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>Bir adım</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>Çözme</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>Karşıya yükleme</translation>
    </message>
    <message>
        <source>A picture and its first step count from asking for it; cold: it had to wait for its worker&apos;s start. All of it was measured here, by the workers themselves and the provider; it is kept for half a year.</source>
        <translation>Bir resim ve ilk adımı, istendiği andan sayılır; soğuk: işçisinin başlamasını beklemesi gerekti. Hepsini burada işçilerin kendisi ve sağlayıcı ölçtü; yarım yıl saklanır.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 MB/s</source>
        <translation>%1 MB/sn</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>yaklaşık %1 kaldı</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Hesap</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Ad</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Sağlayıcı</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Varsayılan</translation>
    </message>
    <message>
        <source>Added &quot;%1&quot; as %2. Give it its key with: visgatectl keys set runpod --target %2</source>
        <translation>&quot;%1&quot; eklendi: %2. Anahtarını şununla verin: visgatectl keys set runpod --target %2</translation>
    </message>
    <message>
        <source>%2 is called &quot;%1&quot; now.</source>
        <translation>%2 hesabının adı artık &quot;%1&quot;.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; (%2) is meant where no account is named.</source>
        <translation>Hesap adı verilmeyen yerde &quot;%1&quot; (%2) kullanılır.</translation>
    </message>
    <message>
        <source>deployment</source>
        <translation>kurulum</translation>
    </message>
    <message>
        <source>endpoint</source>
        <translation>uç nokta</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>ağ diski</translation>
    </message>
    <message>
        <source>In this account there still is:</source>
        <translation>Bu hesapta hâlâ şunlar var:</translation>
    </message>
    <message>
        <source>With --delete-contents its deployments and endpoints are deleted first. Volumes: visgatectl cache delete.</source>
        <translation>--delete-contents ile kurulumları ve uç noktaları önce silinir. Ağ diskleri: visgatectl cache delete.</translation>
    </message>
    <message>
        <source>This is deleted, and the account&apos;s key is forgotten:</source>
        <translation>Şunlar silinir ve hesabın anahtarı unutulur:</translation>
    </message>
    <message>
        <source>Delete it and remove the account? (y/N)</source>
        <translation>Silinip hesap kaldırılsın mı? (e/H)</translation>
    </message>
    <message>
        <source>Agree to it with --yes.</source>
        <translation>--yes ile kabul edin.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is removed here, and its key forgotten.</source>
        <translation>&quot;%1&quot; buradan kaldırıldı ve anahtarı unutuldu.</translation>
    </message>
    <message>
        <source>Show the accounts, and which one is the default</source>
        <translation>Hesapları ve hangisinin varsayılan olduğunu göster</translation>
    </message>
    <message>
        <source>Add another account of a provider</source>
        <translation>Bir sağlayıcının başka bir hesabını ekle</translation>
    </message>
    <message>
        <source>It gets an id such as runpod:studio, which --target takes and which stays when the account is renamed.
Then give it its own key.</source>
        <translation>runpod:studio gibi bir kimlik alır; --target bunu kabul eder ve hesabın adı değişse de kimlik aynı kalır.
Sonra ona kendi anahtarını verin.</translation>
    </message>
    <message>
        <source>Of which provider (default: runpod)</source>
        <translation>Hangi sağlayıcının (varsayılan: runpod)</translation>
    </message>
    <message>
        <source>Give an account another name</source>
        <translation>Bir hesaba başka bir ad ver</translation>
    </message>
    <message>
        <source>Choose the account that is meant where none is named</source>
        <translation>Ad verilmeyen yerde kullanılacak hesabı seç</translation>
    </message>
    <message>
        <source>Remove an account and forget its key</source>
        <translation>Bir hesabı kaldır ve anahtarını unut</translation>
    </message>
    <message>
        <source>Only where nothing of yours runs or stands there any more; what still does is told. The account itself
stays at its provider, and what was spent there stays counted.</source>
        <translation>Yalnızca orada size ait hiçbir şey çalışmıyor ve durmuyorsa; kalanlar söylenir. Hesabın kendisi
sağlayıcısında kalır ve orada harcananlar sayılmaya devam eder.</translation>
    </message>
    <message>
        <source>Delete its deployments and endpoints first</source>
        <translation>Önce kurulumlarını ve uç noktalarını sil</translation>
    </message>
    <message>
        <source>Do not ask</source>
        <translation>Sorma</translation>
    </message>
    <message>
        <source>The Hugging Face token is the same for every account.</source>
        <translation>Hugging Face erişim anahtarı (token) her hesap için aynıdır.</translation>
    </message>
    <message>
        <source>Of which account (see: visgatectl accounts list; default: runpod)</source>
        <translation>Hangi hesabın (bkz. visgatectl accounts list; varsayılan: runpod)</translation>
    </message>
    <message>
        <source>Of which account (default: the default one)</source>
        <translation>Hangi hesabın (verilmezse varsayılan hesap)</translation>
    </message>
    <message>
        <source>Where: one of your accounts (default: the default one), or practice with play money</source>
        <translation>Nerede: hesaplarınızdan biri (verilmezse varsayılanı) ya da oyun parasıyla alıştırma</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 çalışıyor</translation>
    </message>
    <message>
        <source>%1 idle</source>
        <translation>%1 boşta</translation>
    </message>
    <message>
        <source>%1 starting</source>
        <translation>%1 başlıyor</translation>
    </message>
    <message>
        <source>%1 waiting for a GPU</source>
        <translation>%1 GPU bekliyor</translation>
    </message>
    <message>
        <source>%1 unhealthy</source>
        <translation>%1 sağlıksız</translation>
    </message>
    <message>
        <source>Nothing was seen of its workers in this time.</source>
        <translation>Bu sürede işçilerine dair hiçbir şey görülmedi.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Başlangıç</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bitiş</translation>
    </message>
    <message>
        <source>not known: nobody looked</source>
        <translation>bilinmiyor: kimse bakmadı</translation>
    </message>
    <message>
        <source>Take one of --json and --csv.</source>
        <translation>--json ile --csv&apos;den yalnızca birini kullanın.</translation>
    </message>
    <message>
        <source>Show which workers ran when, on which GPUs, and at what price</source>
        <translation>Hangi işçilerin ne zaman, hangi GPU&apos;larda ve kaça çalıştığını göster</translation>
    </message>
    <message>
        <source>As it was seen at the provider; where nobody looked, nothing is known. Every detail is kept for a day,
less of it for a month. Without a DEPLOYMENT: all. In the table, short times are put together.</source>
        <translation>Sağlayıcıda görüldüğü gibi; kimsenin bakmadığı süre bilinmez. Her ayrıntı bir gün, daha kabası
bir ay saklanır. DEPLOYMENT verilmezse hepsi gösterilir. Tabloda kısa süreler birleştirilir.</translation>
    </message>
    <message>
        <source>How far back: 1h, 24h, 7d or 30d (default: 24h)</source>
        <translation>Ne kadar geriye: 1h, 24h, 7d ya da 30d (varsayılan: 24h)</translation>
    </message>
    <message>
        <source>As comma-separated values, with times in UTC</source>
        <translation>Virgülle ayrılmış değerler olarak; saatler UTC&apos;ye göre</translation>
    </message>
</context>
<context>
    <name>DeploymentGroups</name>
    <message>
        <source>Live</source>
        <translation>Çalışıyor</translation>
    </message>
    <message>
        <source>Asleep, costs nothing</source>
        <translation>Uykuda, ücretsiz</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Kaldırıldı</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Sizi bekliyor</translation>
    </message>
    <message>
        <source>Parked by the provider</source>
        <translation>Sağlayıcı askıya aldı</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Something went wrong inside Visgate.</source>
        <translation>Visgate&apos;in içinde bir şeyler ters gitti.</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Günlüğü göster</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>İptal edildi.</translation>
    </message>
    <message>
        <source>Start again whenever you like.</source>
        <translation>İstediğiniz zaman yeniden başlayın.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>A setting has a value that cannot be used.</source>
        <translation>Bir ayarın kullanılamayan bir değeri var.</translation>
    </message>
    <message>
        <source>Correct the value that is named and try again.</source>
        <translation>Adı geçen değeri düzeltip yeniden deneyin.</translation>
    </message>
    <message>
        <source>There is no such entry: %1.</source>
        <translation>Böyle bir kayıt yok: %1.</translation>
    </message>
    <message>
        <source>There is no such entry.</source>
        <translation>Böyle bir kayıt yok.</translation>
    </message>
    <message>
        <source>Look it up in the list; it may have been deleted.</source>
        <translation>Listeden bakın; silinmiş olabilir.</translation>
    </message>
    <message>
        <source>This is not possible while the deployment is in its present state.</source>
        <translation>Kurulum şu anki durumundayken bu yapılamaz.</translation>
    </message>
    <message>
        <source>Wait until it has settled, then try again.</source>
        <translation>Durulana kadar bekleyin, sonra yeniden deneyin.</translation>
    </message>
    <message>
        <source>No Runpod key is stored on this computer.</source>
        <translation>Bu bilgisayarda saklı bir Runpod anahtarı yok.</translation>
    </message>
    <message>
        <source>Create a key on Runpod&apos;s key page and paste it here, or practise without one.</source>
        <translation>Runpod&apos;un anahtar sayfasında bir anahtar oluşturup buraya yapıştırın ya da anahtarsız alıştırma yapın.</translation>
    </message>
    <message>
        <source>Paste a key</source>
        <translation>Anahtar yapıştır</translation>
    </message>
    <message>
        <source>The key that came with this request is gone.</source>
        <translation>Bu istekle gelen anahtar artık yok.</translation>
    </message>
    <message>
        <source>Paste a key of the same account; the deployment then continues.</source>
        <translation>Aynı hesabın bir anahtarını yapıştırın; kurulum o zaman sürer.</translation>
    </message>
    <message>
        <source>The key was not accepted.</source>
        <translation>Anahtar kabul edilmedi.</translation>
    </message>
    <message>
        <source>Paste a new key; it may have been deleted or mistyped.</source>
        <translation>Yeni bir anahtar yapıştırın; silinmiş ya da yanlış yazılmış olabilir.</translation>
    </message>
    <message>
        <source>Paste a new key</source>
        <translation>Yeni anahtar yapıştır</translation>
    </message>
    <message>
        <source>This key may look but not create.</source>
        <translation>Bu anahtar bakabilir ama oluşturamaz.</translation>
    </message>
    <message>
        <source>Open the key page and give it write access to Serverless, or paste another key.</source>
        <translation>Anahtar sayfasını açıp ona Serverless için yazma hakkı verin ya da başka bir anahtar yapıştırın.</translation>
    </message>
    <message>
        <source>Open the key page</source>
        <translation>Anahtar sayfasını aç</translation>
    </message>
    <message>
        <source>The account has no credit left.</source>
        <translation>Hesapta kredi kalmadı.</translation>
    </message>
    <message>
        <source>Add credit on the provider&apos;s billing page, then try again.</source>
        <translation>Sağlayıcının fatura sayfasında kredi ekleyip yeniden deneyin.</translation>
    </message>
    <message>
        <source>Open billing</source>
        <translation>Fatura sayfasını aç</translation>
    </message>
    <message>
        <source>All %1 worker slots of the account are taken.</source>
        <translation>Hesabın %1 GPU&apos;luk kotası dolu.</translation>
    </message>
    <message>
        <source>All worker slots of the account are taken.</source>
        <translation>Hesabın GPU kotası dolu.</translation>
    </message>
    <message>
        <source>Pause or remove another deployment, then try again.</source>
        <translation>Başka bir kurulumu duraklatın ya da kaldırın, sonra yeniden deneyin.</translation>
    </message>
    <message>
        <source>Free a slot</source>
        <translation>Yer aç</translation>
    </message>
    <message>
        <source>No machine with a suitable GPU is free at the moment.</source>
        <translation>Şu anda uygun GPU&apos;lu boş bir makine yok.</translation>
    </message>
    <message>
        <source>Try again in a few minutes, or allow more kinds of GPU.</source>
        <translation>Birkaç dakika sonra yeniden deneyin ya da daha çok GPU türüne izin verin.</translation>
    </message>
    <message>
        <source>Add GPUs</source>
        <translation>GPU ekle</translation>
    </message>
    <message>
        <source>There is no model called “%1”, or it is private.</source>
        <translation>“%1” adında bir model yok ya da model gizli.</translation>
    </message>
    <message>
        <source>There is no such model, or it is private.</source>
        <translation>Böyle bir model yok ya da model gizli.</translation>
    </message>
    <message>
        <source>Check the spelling (owner/name), or search for a similar one.</source>
        <translation>Yazımı denetleyin (sahip/ad) ya da benzer bir model arayın.</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>Model ara</translation>
    </message>
    <message>
        <source>The short name “%1” does not stand for any model here.</source>
        <translation>“%1” kısa adı burada hiçbir modele karşılık gelmiyor.</translation>
    </message>
    <message>
        <source>This short name does not stand for any model here.</source>
        <translation>Bu kısa ad burada hiçbir modele karşılık gelmiyor.</translation>
    </message>
    <message>
        <source>Use the full Hugging Face name (owner/name).</source>
        <translation>Tam Hugging Face adını kullanın (sahip/ad).</translation>
    </message>
    <message>
        <source>“%1” is not in the diffusers form that the worker can load.</source>
        <translation>“%1”, işçinin yükleyebildiği diffusers biçiminde değil.</translation>
    </message>
    <message>
        <source>This model is not in the diffusers form that the worker can load.</source>
        <translation>Bu model, işçinin yükleyebildiği diffusers biçiminde değil.</translation>
    </message>
    <message>
        <source>Choose a variant that has a model_index.json.</source>
        <translation>model_index.json dosyası olan bir türünü seçin.</translation>
    </message>
    <message>
        <source>“%1” is not an image or video model for this task.</source>
        <translation>“%1” bu görev için bir resim ya da video modeli değil.</translation>
    </message>
    <message>
        <source>This is not an image or video model for this task.</source>
        <translation>Bu, bu görev için bir resim ya da video modeli değil.</translation>
    </message>
    <message>
        <source>Visgate makes images and video; choose one of the image models.</source>
        <translation>Visgate resim ve video yapar; resim modellerinden birini seçin.</translation>
    </message>
    <message>
        <source>Show image models</source>
        <translation>Resim modellerini göster</translation>
    </message>
    <message>
        <source>The licence of “%1” has not been accepted, or the Hugging Face token is missing.</source>
        <translation>“%1” lisansı kabul edilmemiş ya da Hugging Face erişim anahtarı (token) eksik.</translation>
    </message>
    <message>
        <source>The licence of this model has not been accepted, or the Hugging Face token is missing.</source>
        <translation>Bu modelin lisansı kabul edilmemiş ya da Hugging Face erişim anahtarı (token) eksik.</translation>
    </message>
    <message>
        <source>Accept the licence on the model&apos;s page and store a Hugging Face token in the settings.</source>
        <translation>Modelin sayfasında lisansı kabul edin ve ayarlarda bir Hugging Face erişim anahtarı (token) saklayın.</translation>
    </message>
    <message>
        <source>Open licence page</source>
        <translation>Lisans sayfasını aç</translation>
    </message>
    <message>
        <source>Hugging Face did not accept the token.</source>
        <translation>Hugging Face erişim anahtarını (token) kabul etmedi.</translation>
    </message>
    <message>
        <source>Paste a new token with read access.</source>
        <translation>Okuma hakkı olan yeni bir erişim anahtarı (token) yapıştırın.</translation>
    </message>
    <message>
        <source>Paste a token</source>
        <translation>Erişim anahtarı (token) yapıştır</translation>
    </message>
    <message>
        <source>No worker image yet: build and push it with `packaging/container/publish IMAGE`, then paste its name.</source>
        <translation>Henüz çalıştırma imajı yok: `packaging/container/publish IMAGE` ile oluşturup yükleyin, sonra adını yapıştırın.</translation>
    </message>
    <message>
        <source>Paste the name of the pushed image in the settings, or practise meanwhile.</source>
        <translation>Yüklenen imajın adını ayarlara yapıştırın ya da bu arada alıştırma yapın.</translation>
    </message>
    <message>
        <source>Set the worker image</source>
        <translation>Çalıştırma imajını ayarla</translation>
    </message>
    <message>
        <source>The provider cannot find the worker image “%1”.</source>
        <translation>Sağlayıcı “%1” çalıştırma imajını bulamıyor.</translation>
    </message>
    <message>
        <source>The provider cannot find the worker image.</source>
        <translation>Sağlayıcı çalıştırma imajını bulamıyor.</translation>
    </message>
    <message>
        <source>Check that it was pushed and may be read, then paste its full name with version.</source>
        <translation>Yüklendiğini ve okunabildiğini denetleyin, sonra sürümüyle birlikte tam adını yapıştırın.</translation>
    </message>
    <message>
        <source>The model does not fit into this GPU&apos;s memory.</source>
        <translation>Model bu GPU&apos;nun belleğine sığmıyor.</translation>
    </message>
    <message>
        <source>Choose a larger GPU or a smaller picture.</source>
        <translation>Daha büyük bir GPU ya da daha küçük bir resim seçin.</translation>
    </message>
    <message>
        <source>Choose a larger GPU</source>
        <translation>Daha büyük GPU seç</translation>
    </message>
    <message>
        <source>The worker&apos;s disk is too small for this model.</source>
        <translation>İşçinin diski bu model için çok küçük.</translation>
    </message>
    <message>
        <source>Deploy again with a larger disk.</source>
        <translation>Daha büyük bir diskle yeniden çalıştırın.</translation>
    </message>
    <message>
        <source>The worker crashes each time it starts.</source>
        <translation>İşçi her başladığında çöküyor.</translation>
    </message>
    <message>
        <source>Its last lines in the log tell why; nothing is billed any more.</source>
        <translation>Günlükteki son satırları nedenini söyler; artık hiçbir şey faturalanmıyor.</translation>
    </message>
    <message>
        <source>The worker did not start within its time limit.</source>
        <translation>İşçi süre sınırı içinde başlamadı.</translation>
    </message>
    <message>
        <source>Try again; another machine often helps. Nothing is billed any more.</source>
        <translation>Yeniden deneyin; başka bir makine çoğu zaman işe yarar. Artık hiçbir şey faturalanmıyor.</translation>
    </message>
    <message>
        <source>The provider no longer has this endpoint.</source>
        <translation>Sağlayıcıda bu uç nokta artık yok.</translation>
    </message>
    <message>
        <source>It was removed elsewhere; deploy the model again when you need it.</source>
        <translation>Başka bir yerden kaldırılmış; gerektiğinde modeli yeniden çalıştırın.</translation>
    </message>
    <message>
        <source>Deploy again</source>
        <translation>Yeniden çalıştır</translation>
    </message>
    <message>
        <source>The picture could not be made.</source>
        <translation>Resim yapılamadı.</translation>
    </message>
    <message>
        <source>Change the input that is named, or try again.</source>
        <translation>Adı geçen girdiyi değiştirin ya da yeniden deneyin.</translation>
    </message>
    <message>
        <source>The picture took longer than its time limit.</source>
        <translation>Resim süre sınırından uzun sürdü.</translation>
    </message>
    <message>
        <source>Raise the limit, or ask for a smaller picture or fewer steps.</source>
        <translation>Sınırı yükseltin ya da daha küçük bir resim veya daha az adım isteyin.</translation>
    </message>
    <message>
        <source>Raise the limit</source>
        <translation>Sınırı yükselt</translation>
    </message>
    <message>
        <source>The result has expired at the provider.</source>
        <translation>Sonucun sağlayıcıdaki süresi dolmuş.</translation>
    </message>
    <message>
        <source>Run it again with the same seed to get the same picture.</source>
        <translation>Aynı resim için aynı tohumla yeniden çalıştırın.</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Yeniden çalıştır</translation>
    </message>
    <message>
        <source>The job ended without a picture; it was probably too big for a direct return.</source>
        <translation>İş resimsiz bitti; resim doğrudan dönüş için büyük olasılıkla fazla büyüktü.</translation>
    </message>
    <message>
        <source>Use a smaller size</source>
        <translation>Daha küçük boyut kullan</translation>
    </message>
    <message>
        <source>%1 cannot be reached.</source>
        <translation>%1 adresine ulaşılamıyor.</translation>
    </message>
    <message>
        <source>The service cannot be reached.</source>
        <translation>Hizmete ulaşılamıyor.</translation>
    </message>
    <message>
        <source>Check the internet connection and proxy settings, then try again.</source>
        <translation>İnternet bağlantısını ve vekil sunucu ayarlarını denetleyip yeniden deneyin.</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 zamanında yanıt vermedi.</translation>
    </message>
    <message>
        <source>The service did not answer in time.</source>
        <translation>Hizmet zamanında yanıt vermedi.</translation>
    </message>
    <message>
        <source>Check the internet connection, then try again.</source>
        <translation>İnternet bağlantısını denetleyip yeniden deneyin.</translation>
    </message>
    <message>
        <source>The secure connection failed; something stands between you and the service.</source>
        <translation>Güvenli bağlantı kurulamadı; hizmetle aranızda bir şey var.</translation>
    </message>
    <message>
        <source>Check the proxy settings and this computer&apos;s clock and certificates.</source>
        <translation>Vekil sunucu ayarlarını, bu bilgisayarın saatini ve sertifikalarını denetleyin.</translation>
    </message>
    <message>
        <source>Too many requests to the service for the moment.</source>
        <translation>Şu an için hizmete çok fazla istek gitti.</translation>
    </message>
    <message>
        <source>Visgate waits and goes on by itself.</source>
        <translation>Visgate bekler ve kendiliğinden sürdürür.</translation>
    </message>
    <message>
        <source>The provider refused this request.</source>
        <translation>Sağlayıcı bu isteği geri çevirdi.</translation>
    </message>
    <message>
        <source>Read its answer; change what it names and try again.</source>
        <translation>Yanıtını okuyun; adını verdiği şeyi değiştirip yeniden deneyin.</translation>
    </message>
    <message>
        <source>The provider has a problem of its own.</source>
        <translation>Sağlayıcının kendi içinde bir sorunu var.</translation>
    </message>
    <message>
        <source>Try again in a few minutes; its status page may say more.</source>
        <translation>Birkaç dakika sonra yeniden deneyin; durum sayfası daha fazlasını söyleyebilir.</translation>
    </message>
    <message>
        <source>The service gave an answer that Visgate does not understand.</source>
        <translation>Hizmet, Visgate&apos;in anlamadığı bir yanıt verdi.</translation>
    </message>
    <message>
        <source>Try again; if it stays, look for a newer version of Visgate.</source>
        <translation>Yeniden deneyin; sürerse Visgate&apos;in daha yeni bir sürümüne bakın.</translation>
    </message>
    <message>
        <source>The service&apos;s answer was larger than Visgate accepts.</source>
        <translation>Hizmetin yanıtı Visgate&apos;in kabul ettiğinden büyüktü.</translation>
    </message>
    <message>
        <source>Ask for a smaller picture or fewer of them.</source>
        <translation>Daha küçük ya da daha az resim isteyin.</translation>
    </message>
    <message>
        <source>Use for this session</source>
        <translation>Bu oturumda kullan</translation>
    </message>
    <message>
        <source>The disk of this computer is full.</source>
        <translation>Bu bilgisayarın diski dolu.</translation>
    </message>
    <message>
        <source>Visgate&apos;s own records are damaged.</source>
        <translation>Visgate&apos;in kendi kayıtları bozulmuş.</translation>
    </message>
    <message>
        <source>The records were written by a newer version of Visgate.</source>
        <translation>Kayıtları Visgate&apos;in daha yeni bir sürümü yazmış.</translation>
    </message>
    <message>
        <source>Install the newer version again.</source>
        <translation>Yeni sürümü yeniden kurun.</translation>
    </message>
    <message>
        <source>Another program holds Visgate&apos;s records.</source>
        <translation>Visgate&apos;in kayıtlarını başka bir program tutuyor.</translation>
    </message>
    <message>
        <source>Close the other program, then try again.</source>
        <translation>Öteki programı kapatıp yeniden deneyin.</translation>
    </message>
    <message>
        <source>The file “%1” cannot be read.</source>
        <translation>“%1” dosyası okunamıyor.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Dosya okunamıyor.</translation>
    </message>
    <message>
        <source>Check that it exists and that you may read it.</source>
        <translation>Var olduğunu ve okuma hakkınız olduğunu denetleyin.</translation>
    </message>
    <message>
        <source>The file cannot be written.</source>
        <translation>Dosyaya yazılamıyor.</translation>
    </message>
    <message>
        <source>Practice mode did not start.</source>
        <translation>Alıştırma kipi başlamadı.</translation>
    </message>
    <message>
        <source>Try again; the log tells what went wrong.</source>
        <translation>Yeniden deneyin; günlük neyin ters gittiğini söyler.</translation>
    </message>
    <message>
        <source>The Visgate that owns the records does not answer.</source>
        <translation>Kayıtların sahibi olan Visgate yanıt vermiyor.</translation>
    </message>
    <message>
        <source>Close it and start again.</source>
        <translation>Onu kapatıp yeniden başlatın.</translation>
    </message>
    <message>
        <source>This deployment has reached its limit of %1.</source>
        <translation>Bu kurulum %1 sınırına ulaştı.</translation>
    </message>
    <message>
        <source>This deployment has reached its limit.</source>
        <translation>Bu kurulum sınırına ulaştı.</translation>
    </message>
    <message>
        <source>It was stopped. Raise its limit under Spend, then resume it.</source>
        <translation>Durduruldu. Harcama bölümünde sınırını yükseltip sürdürün.</translation>
    </message>
    <message>
        <source>The limit of %1 for today has been reached.</source>
        <translation>Bugünkü %1 sınırına ulaşıldı.</translation>
    </message>
    <message>
        <source>The limit for today has been reached.</source>
        <translation>Bugünkü sınıra ulaşıldı.</translation>
    </message>
    <message>
        <source>Everything was stopped. Raise the limit under Spend, or wait until tomorrow.</source>
        <translation>Her şey durduruldu. Harcama bölümünde sınırı yükseltin ya da yarını bekleyin.</translation>
    </message>
    <message>
        <source>The limit of %1 for this month has been reached.</source>
        <translation>Bu ayki %1 sınırına ulaşıldı.</translation>
    </message>
    <message>
        <source>The limit for this month has been reached.</source>
        <translation>Bu ayki sınıra ulaşıldı.</translation>
    </message>
    <message>
        <source>Everything was stopped. Raise the limit under Spend, or wait until next month.</source>
        <translation>Her şey durduruldu. Harcama bölümünde sınırı yükseltin ya da gelecek ayı bekleyin.</translation>
    </message>
    <message>
        <source>Everything is being stopped.</source>
        <translation>Her şey durduruluyor.</translation>
    </message>
    <message>
        <source>Wait until the provider has confirmed it, then try again.</source>
        <translation>Sağlayıcı onaylayana kadar bekleyin, sonra yeniden deneyin.</translation>
    </message>
    <message>
        <source>No machine with this GPU has become free for longer than usual (%1 minutes).</source>
        <translation>Bu GPU&apos;lu bir makine alışılmıştan uzun süredir boşalmadı (%1 dakika).</translation>
    </message>
    <message>
        <source>No machine with this GPU has become free for longer than usual.</source>
        <translation>Bu GPU&apos;lu bir makine alışılmıştan uzun süredir boşalmadı.</translation>
    </message>
    <message>
        <source>Waiting costs nothing. Allow more kinds of GPU, or wait.</source>
        <translation>Beklemek ücretsizdir. Daha çok GPU türüne izin verin ya da bekleyin.</translation>
    </message>
    <message>
        <source>The worker image has been on its way for longer than usual (%1 minutes).</source>
        <translation>Çalıştırma imajı alışılmıştan uzun süredir yolda (%1 dakika).</translation>
    </message>
    <message>
        <source>The worker image has been on its way for longer than usual.</source>
        <translation>Çalıştırma imajı alışılmıştan uzun süredir yolda.</translation>
    </message>
    <message>
        <source>This machine is probably stuck. Delete the deployment and try another place.</source>
        <translation>Bu makine büyük olasılıkla takıldı. Kurulumu silip başka bir yeri deneyin.</translation>
    </message>
    <message>
        <source>The worker runs, and nothing has come of its download for longer than usual (%1 minutes).</source>
        <translation>İşçi çalışıyor, ama indirmesinden alışılmıştan uzun süredir ses çıkmadı (%1 dakika).</translation>
    </message>
    <message>
        <source>The worker runs, and nothing has come of its download for longer than usual.</source>
        <translation>İşçi çalışıyor, ama indirmesinden alışılmıştan uzun süredir ses çıkmadı.</translation>
    </message>
    <message>
        <source>It is probably stuck and may be billed. Delete the deployment and try another place.</source>
        <translation>Büyük olasılıkla takıldı ve faturalanıyor olabilir. Kurulumu silip başka bir yeri deneyin.</translation>
    </message>
    <message>
        <source>Loading the model into the GPU takes longer than usual (%1 minutes).</source>
        <translation>Modelin GPU&apos;ya yüklenmesi alışılmıştan uzun sürüyor (%1 dakika).</translation>
    </message>
    <message>
        <source>Loading the model into the GPU takes longer than usual.</source>
        <translation>Modelin GPU&apos;ya yüklenmesi alışılmıştan uzun sürüyor.</translation>
    </message>
    <message>
        <source>It is probably stuck and is billed. Look at its log, or delete the deployment and try again.</source>
        <translation>Büyük olasılıkla takıldı ve faturalanıyor. Günlüğüne bakın ya da kurulumu silip yeniden deneyin.</translation>
    </message>
    <message>
        <source>Please report it together with the log; the limits of what runs still hold.</source>
        <translation>Lütfen bunu günlükle birlikte bildirin; çalışanların sınırları yine de geçerli.</translation>
    </message>
    <message>
        <source>This key cannot read the bills; limits go by estimates.</source>
        <translation>Bu anahtar faturaları okuyamıyor; sınırlar tahminlere göre işler.</translation>
    </message>
    <message>
        <source>Give the key read access to Billing on the key page, or go on without.</source>
        <translation>Anahtar sayfasında anahtara Billing için okuma hakkı verin ya da onsuz sürdürün.</translation>
    </message>
    <message>
        <source>“%1” is a language model; it writes text.</source>
        <translation>“%1” bir dil modeli; metin yazar.</translation>
    </message>
    <message>
        <source>This is a language model; it writes text.</source>
        <translation>Bu bir dil modeli; metin yazar.</translation>
    </message>
    <message>
        <source>Practice only draws pictures from words; “%1” makes something else.</source>
        <translation>Alıştırma yalnızca metinden resim çizer; “%1” başka bir şey yapıyor.</translation>
    </message>
    <message>
        <source>Practice only draws pictures from words; this model makes something else.</source>
        <translation>Alıştırma yalnızca metinden resim çizer; bu model başka bir şey yapıyor.</translation>
    </message>
    <message>
        <source>Practise with an image model, or deploy this one on Runpod.</source>
        <translation>Bir resim modeliyle alıştırma yapın ya da bunu Runpod&apos;da çalıştırın.</translation>
    </message>
    <message>
        <source>The worker image needs CUDA %1; the machines of this plan run %2 at most.</source>
        <translation>Çalıştırma imajı CUDA %1 istiyor; bu plandaki makineler en çok %2 çalıştırıyor.</translation>
    </message>
    <message>
        <source>The machines of this plan are too old for the worker image.</source>
        <translation>Bu plandaki makineler çalıştırma imajı için çok eski.</translation>
    </message>
    <message>
        <source>Choose another GPU, or use a worker image that needs an older CUDA version.</source>
        <translation>Başka bir GPU seçin ya da daha eski bir CUDA sürümü isteyen bir çalıştırma imajı kullanın.</translation>
    </message>
    <message>
        <source>The model needs about %1 GB; this GPU has %2 GB.</source>
        <translation>Model yaklaşık %1 GB istiyor; bu GPU’da %2 GB var.</translation>
    </message>
    <message>
        <source>This size needs about %1 GB; the GPU has %2 GB.</source>
        <translation>Bu boyut yaklaşık %1 GB istiyor; GPU’da %2 GB var.</translation>
    </message>
    <message>
        <source>This size is too large for the GPU.</source>
        <translation>Bu boyut GPU için çok büyük.</translation>
    </message>
    <message>
        <source>Ask for a smaller size or fewer at once, or choose a larger GPU.</source>
        <translation>Daha küçük bir boyut ya da bir seferde daha az isteyin ya da daha büyük bir GPU seçin.</translation>
    </message>
    <message>
        <source>Raise the start limit; what a start may cost rises with it.</source>
        <translation>Başlatma sınırını yükseltin; bir başlatmanın tutabileceği ücret de onunla artar.</translation>
    </message>
    <message>
        <source>Raise the start limit</source>
        <translation>Başlatma sınırını yükselt</translation>
    </message>
    <message>
        <source>Raise the time limit, or ask for a smaller size or fewer steps.</source>
        <translation>Süre sınırını yükseltin ya da daha küçük bir boyut veya daha az adım isteyin.</translation>
    </message>
    <message>
        <source>The result, about %1 MB, is too big for a direct return.</source>
        <translation>Sonuç, yaklaşık %1 MB, doğrudan dönmek için çok büyük.</translation>
    </message>
    <message>
        <source>The result is too big for a direct return.</source>
        <translation>Sonuç doğrudan dönmek için çok büyük.</translation>
    </message>
    <message>
        <source>Use a storage bucket of your own, or ask for a smaller size.</source>
        <translation>Kendi depolama alanınızı (bucket) kullanın ya da daha küçük bir boyut isteyin.</translation>
    </message>
    <message>
        <source>Set up storage</source>
        <translation>Depolamayı ayarla</translation>
    </message>
    <message>
        <source>No key for the provider&apos;s volumes is stored.</source>
        <translation>Sağlayıcının ağ diskleri için saklanan anahtar yok.</translation>
    </message>
    <message>
        <source>Create an S3 API key in the provider&apos;s settings and store it with the model cache.</source>
        <translation>Sağlayıcının ayarlarında bir S3 API anahtarı oluşturun ve model önbelleğinde saklayın.</translation>
    </message>
    <message>
        <source>Open the model cache</source>
        <translation>Model önbelleğini aç</translation>
    </message>
    <message>
        <source>The volume is too small: the model needs %1 GB.</source>
        <translation>Ağ diski çok küçük: model %1 GB istiyor.</translation>
    </message>
    <message>
        <source>The volume is too small for this model.</source>
        <translation>Ağ diski bu model için çok küçük.</translation>
    </message>
    <message>
        <source>Make the volume larger, or keep the model in another one.</source>
        <translation>Ağ diskini büyütün ya da modeli başka birinde tutun.</translation>
    </message>
    <message>
        <source>The storage did not take, give back or delete what it was sent.</source>
        <translation>Depolama gönderileni almadı, geri vermedi ya da silmedi.</translation>
    </message>
    <message>
        <source>Check address, region, bucket and keys, then test the storage again.</source>
        <translation>Adresi, bölgeyi, depoyu ve anahtarları denetleyin, sonra depolamayı yeniden sınayın.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong by about %1 min.</source>
        <translation>Bu bilgisayarın saati yaklaşık %1 dakika yanlış.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong.</source>
        <translation>Bu bilgisayarın saati yanlış.</translation>
    </message>
    <message>
        <source>Set the clock by the network in the system&apos;s settings, then try again.</source>
        <translation>Sistem ayarlarında saati ağdan ayarlayın, sonra yeniden deneyin.</translation>
    </message>
    <message>
        <source>Open clock settings</source>
        <translation>Saat ayarlarını aç</translation>
    </message>
    <message>
        <source>This is not a recipe that Visgate can read.</source>
        <translation>Bu, Visgate&apos;in okuyabildiği bir tarif değil.</translation>
    </message>
    <message>
        <source>Ask whoever sent it to export it again, or correct the field that is named.</source>
        <translation>Gönderenden yeniden dışa aktarmasını isteyin ya da adı geçen alanı düzeltin.</translation>
    </message>
    <message>
        <source>This recipe was written by a newer version of Visgate.</source>
        <translation>Bu tarifi Visgate&apos;in daha yeni bir sürümü yazmış.</translation>
    </message>
    <message>
        <source>Install the newer version, or ask for a recipe of this one.</source>
        <translation>Yeni sürümü kurun ya da bu sürümün bir tarifini isteyin.</translation>
    </message>
    <message>
        <source>The start limit of %1 min is likely to be too short; %2 min would do, at %3 at most.</source>
        <translation>%1 dakikalık başlatma sınırı büyük olasılıkla kısa; %2 dakika yeter, en çok %3 tutar.</translation>
    </message>
    <message>
        <source>The start limit is likely to be too short for this model.</source>
        <translation>Başlatma sınırı bu model için büyük olasılıkla kısa.</translation>
    </message>
    <message>
        <source>The time limit of %1 min is likely to be too short; %2 min would do, at %3 at most.</source>
        <translation>%1 dakikalık süre sınırı büyük olasılıkla kısa; %2 dakika yeter, en çok %3 tutar.</translation>
    </message>
    <message>
        <source>The time limit is likely to be too short for this.</source>
        <translation>Süre sınırı bunun için büyük olasılıkla kısa.</translation>
    </message>
    <message>
        <source>The worker&apos;s disk is too small: the model needs %1 GB, better %2 GB.</source>
        <translation>İşçinin diski çok küçük: model %1 GB istiyor, %2 GB daha iyi.</translation>
    </message>
    <message>
        <source>This costs $%1 a month, and has to be agreed to first.</source>
        <translation>Bunun ayda $%1 tutması önce onaylanmalı.</translation>
    </message>
    <message>
        <source>This has a price that has to be agreed to first.</source>
        <translation>Bunun, önce onaylanması gereken bir fiyatı var.</translation>
    </message>
    <message>
        <source>Look at the price and agree to it, or choose hours instead of always.</source>
        <translation>Fiyata bakıp onaylayın ya da hep açık yerine belirli saatleri seçin.</translation>
    </message>
    <message>
        <source>“%1” takes no words: it draws at random what it was trained on.</source>
        <translation>“%1” söz almaz: eğitildiği şeyleri rastgele çizer.</translation>
    </message>
    <message>
        <source>This model takes no words: it draws at random what it was trained on.</source>
        <translation>Bu model söz almaz: eğitildiği şeyleri rastgele çizer.</translation>
    </message>
    <message>
        <source>Visgate makes images and video from words; choose one of the image models.</source>
        <translation>Visgate sözlerden görüntü ve video yapar; görüntü modellerinden birini seçin.</translation>
    </message>
    <message>
        <source>“%1” makes sound, not pictures.</source>
        <translation>“%1” resim değil, ses üretir.</translation>
    </message>
    <message>
        <source>This model makes sound, not pictures.</source>
        <translation>Bu model resim değil, ses üretir.</translation>
    </message>
    <message>
        <source>“%1” makes three-dimensional shapes, not pictures.</source>
        <translation>“%1” resim değil, üç boyutlu biçimler üretir.</translation>
    </message>
    <message>
        <source>This model makes three-dimensional shapes, not pictures.</source>
        <translation>Bu model resim değil, üç boyutlu biçimler üretir.</translation>
    </message>
    <message>
        <source>“%1” measures a picture (its depth and the like); it draws none.</source>
        <translation>“%1” bir resmi ölçer (derinlik ve benzeri); kendisi resim çizmez.</translation>
    </message>
    <message>
        <source>This model measures a picture (its depth and the like); it draws none.</source>
        <translation>Bu model bir resmi ölçer (derinlik ve benzeri); kendisi resim çizmez.</translation>
    </message>
    <message>
        <source>“%1” starts from a picture; words alone are not enough for it.</source>
        <translation>“%1” bir resimden yola çıkar; yalnızca sözler ona yetmez.</translation>
    </message>
    <message>
        <source>This model starts from a picture; words alone are not enough for it.</source>
        <translation>Bu model bir resimden yola çıkar; yalnızca sözler ona yetmez.</translation>
    </message>
    <message>
        <source>“%1” needs a picture and a mask of what is to change; Visgate cannot hand these over.</source>
        <translation>“%1” bir resim ve değişecek yerin maskesini ister; Visgate bunları iletemez.</translation>
    </message>
    <message>
        <source>This model needs a picture and a mask of what is to change; Visgate cannot hand these over.</source>
        <translation>Bu model bir resim ve değişecek yerin maskesini ister; Visgate bunları iletemez.</translation>
    </message>
    <message>
        <source>Choose a model that draws from words.</source>
        <translation>Sözlerden çizen bir model seçin.</translation>
    </message>
    <message>
        <source>“%1” needs more than words, such as a picture to follow; Visgate cannot hand this over.</source>
        <translation>“%1” sözden fazlasını ister, örneğin izleyeceği bir resim; Visgate bunu iletemez.</translation>
    </message>
    <message>
        <source>This model needs more than words, such as a picture to follow; Visgate cannot hand this over.</source>
        <translation>Bu model sözden fazlasını ister, örneğin izleyeceği bir resim; Visgate bunu iletemez.</translation>
    </message>
    <message>
        <source>“%1” is one step of several and works on another model&apos;s output; alone it makes no picture.</source>
        <translation>“%1” birkaç adımdan yalnızca biridir ve başka bir modelin çıktısıyla çalışır; tek başına resim yapmaz.</translation>
    </message>
    <message>
        <source>This model is one step of several and works on another model&apos;s output; alone it makes no picture.</source>
        <translation>Bu model birkaç adımdan yalnızca biridir ve başka bir modelin çıktısıyla çalışır; tek başına resim yapmaz.</translation>
    </message>
    <message>
        <source>Choose the complete model that it belongs to.</source>
        <translation>Parçası olduğu modelin tamamını seçin.</translation>
    </message>
    <message>
        <source>“%1” is not known to work: nothing says what it makes of words (%2).</source>
        <translation>“%1” modelinin çalıştığı bilinmiyor: sözlerden ne yaptığını söyleyen bir bilgi yok (%2).</translation>
    </message>
    <message>
        <source>This model is not known to work: nothing says what it makes of words.</source>
        <translation>Bu modelin çalıştığı bilinmiyor: sözlerden ne yaptığını söyleyen bir bilgi yok.</translation>
    </message>
    <message>
        <source>Choose a model that is marked as text-to-image or text-to-video.</source>
        <translation>text-to-image ya da text-to-video olarak işaretlenmiş bir model seçin.</translation>
    </message>
    <message>
        <source>“%1” needs program code of its own (%2), which the worker does not run.</source>
        <translation>“%1” kendi program kodunu (%2) ister; işçi bunu çalıştırmaz.</translation>
    </message>
    <message>
        <source>This model needs program code of its own, which the worker does not run.</source>
        <translation>Bu model kendi program kodunu ister; işçi bunu çalıştırmaz.</translation>
    </message>
    <message>
        <source>Choose a variant that works without own code, or another model.</source>
        <translation>Kendi kodu olmadan çalışan bir sürümünü ya da başka bir model seçin.</translation>
    </message>
    <message>
        <source>“%1” has no weights that the worker can load for: %2.</source>
        <translation>“%1” içinde işçinin yükleyebileceği ağırlıklar yok: %2.</translation>
    </message>
    <message>
        <source>This model has no weights that the worker can load.</source>
        <translation>Bu modelde işçinin yükleyebileceği ağırlıklar yok.</translation>
    </message>
    <message>
        <source>Choose a variant with safetensors files; flax and ONNX files do not work here.</source>
        <translation>safetensors dosyaları olan bir sürüm seçin; flax ve ONNX dosyaları burada çalışmaz.</translation>
    </message>
    <message>
        <source>“%1” is a LoRA: an addition to another model (%2), not a model of its own.</source>
        <translation>“%1” bir LoRA: başka bir modele (%2) ektir, kendi başına bir model değildir.</translation>
    </message>
    <message>
        <source>This is a LoRA: an addition to another model, not a model of its own.</source>
        <translation>Bu bir LoRA: başka bir modele ektir, kendi başına bir model değildir.</translation>
    </message>
    <message>
        <source>Deploy the model that it belongs to; Visgate does not add LoRAs yet.</source>
        <translation>Ait olduğu modeli çalıştırın; Visgate henüz LoRA eklemiyor.</translation>
    </message>
    <message>
        <source>“%1” holds GGUF files, which the worker does not load.</source>
        <translation>“%1” GGUF dosyalarından oluşuyor; işçi bunları yüklemez.</translation>
    </message>
    <message>
        <source>This holds GGUF files, which the worker does not load.</source>
        <translation>Bu depo GGUF dosyalarından oluşuyor; işçi bunları yüklemez.</translation>
    </message>
    <message>
        <source>Choose the original of this model, or a variant in the diffusers form.</source>
        <translation>Bu modelin aslını ya da diffusers biçimindeki bir sürümünü seçin.</translation>
    </message>
    <message>
        <source>Hugging Face has taken “%1” down.</source>
        <translation>Hugging Face “%1” modelini kaldırdı.</translation>
    </message>
    <message>
        <source>Hugging Face has taken this model down.</source>
        <translation>Hugging Face bu modeli kaldırdı.</translation>
    </message>
    <message>
        <source>Choose another model; waiting does not help.</source>
        <translation>Başka bir model seçin; beklemek işe yaramaz.</translation>
    </message>
    <message>
        <source>The authors of “%1” have not answered your request for access yet.</source>
        <translation>“%1” modelinin sahipleri erişim isteğinizi henüz yanıtlamadı.</translation>
    </message>
    <message>
        <source>The authors have not answered your request for access yet.</source>
        <translation>Modelin sahipleri erişim isteğinizi henüz yanıtlamadı.</translation>
    </message>
    <message>
        <source>Wait for their answer, which can take days, or choose another model meanwhile.</source>
        <translation>Yanıtlarını bekleyin, günler sürebilir; ya da bu arada başka bir model seçin.</translation>
    </message>
    <message>
        <source>The authors of “%1” have refused your request for access.</source>
        <translation>“%1” modelinin sahipleri erişim isteğinizi geri çevirdi.</translation>
    </message>
    <message>
        <source>The authors have refused your request for access.</source>
        <translation>Modelin sahipleri erişim isteğinizi geri çevirdi.</translation>
    </message>
    <message>
        <source>Your Hugging Face token may not read gated models such as “%1”.</source>
        <translation>Hugging Face erişim anahtarınız (token) “%1” gibi izinli modelleri okuyamıyor.</translation>
    </message>
    <message>
        <source>Your Hugging Face token may not read gated models.</source>
        <translation>Hugging Face erişim anahtarınız (token) izinli modelleri okuyamıyor.</translation>
    </message>
    <message>
        <source>Allow “public gated repositories” in the token&apos;s settings on Hugging Face, or store a token of the kind “read”.</source>
        <translation>Hugging Face&apos;te erişim anahtarının (token) ayarlarında “public gated repositories” iznini verin ya da “read” türünde bir erişim anahtarı (token) saklayın.</translation>
    </message>
    <message>
        <source>Open token settings</source>
        <translation>Erişim anahtarı (token) ayarlarını aç</translation>
    </message>
    <message>
        <source>Hugging Face does not give out “%1”.</source>
        <translation>Hugging Face “%1” modelini vermiyor.</translation>
    </message>
    <message>
        <source>Hugging Face does not give out this model.</source>
        <translation>Hugging Face bu modeli vermiyor.</translation>
    </message>
    <message>
        <source>Read its answer; change what it names, or choose another model.</source>
        <translation>Yanıtını okuyun; belirttiği şeyi değiştirin ya da başka bir model seçin.</translation>
    </message>
    <message>
        <source>The image registry does not give the worker image to the provider.</source>
        <translation>İmaj deposu çalıştırma imajını sağlayıcıya vermiyor.</translation>
    </message>
    <message>
        <source>Make the image public, or add a login for the registry at the provider; check its full name as well.</source>
        <translation>İmajı herkese açın ya da sağlayıcıda imaj deposu için bir giriş ekleyin; tam adını da denetleyin.</translation>
    </message>
    <message>
        <source>The image registry gives out no more images for the moment: its pull limit is reached.</source>
        <translation>İmaj deposu şu anda başka imaj vermiyor: indirme sınırına ulaşıldı.</translation>
    </message>
    <message>
        <source>Try again in some hours, or keep the image in another registry. Nothing is billed any more.</source>
        <translation>Birkaç saat sonra yeniden deneyin ya da imajı başka bir depoda tutun. Artık hiçbir şey ücretlendirilmiyor.</translation>
    </message>
    <message>
        <source>The worker image is made for another kind of processor.</source>
        <translation>Çalıştırma imajı başka bir işlemci türü için yapılmış.</translation>
    </message>
    <message>
        <source>Build it for linux/amd64, push it and set it again. Nothing is billed any more.</source>
        <translation>linux/amd64 için derleyip gönderin ve yeniden ayarlayın. Artık hiçbir şey ücretlendirilmiyor.</translation>
    </message>
    <message>
        <source>The machine&apos;s memory was full, and the worker was ended.</source>
        <translation>Makinenin belleği doldu ve işçi sonlandırıldı.</translation>
    </message>
    <message>
        <source>Choose a larger GPU: its machines have more memory. Nothing is billed any more.</source>
        <translation>Daha büyük bir GPU seçin: makinelerinin belleği daha çoktur. Artık hiçbir şey ücretlendirilmiyor.</translation>
    </message>
    <message>
        <source>The worker was lost while it made the picture.</source>
        <translation>Resmi yaparken işçi kayboldu.</translation>
    </message>
    <message>
        <source>Run it again: nothing is wrong with the input. If it stays, look at the worker&apos;s log.</source>
        <translation>Yeniden çalıştırın: girdide bir yanlışlık yok. Sürerse işçinin günlüğüne bakın.</translation>
    </message>
    <message>
        <source>Choose a model that draws from words, or send pictures to its endpoint from a program of your own.</source>
        <translation>Sözlerden çizen bir model seçin ya da resimleri kendi programınızdan uç noktasına gönderin.</translation>
    </message>
    <message>
        <source>No keychain can be reached, so stored keys cannot be read.</source>
        <translation>Hiçbir anahtarlığa ulaşılamıyor, bu yüzden saklı anahtarlar okunamıyor.</translation>
    </message>
    <message>
        <source>Use a key for this session only, or install a keychain such as GNOME Keyring or KWallet. Over ssh or from cron there may be none: start Visgate from the desktop.</source>
        <translation>Anahtarı yalnız bu oturum için kullanın ya da GNOME Keyring veya KWallet gibi bir anahtarlık kurun. ssh ya da cron ile anahtarlık bulunmayabilir: Visgate&apos;i masaüstünden başlatın.</translation>
    </message>
    <message>
        <source>The keychain is locked or does not answer, so stored keys cannot be read.</source>
        <translation>Anahtarlık kilitli ya da yanıt vermiyor, bu yüzden saklı anahtarlar okunamıyor.</translation>
    </message>
    <message>
        <source>Unlock it; your system then asks for the keychain&apos;s password. In a terminal: visgatectl keys unlock.</source>
        <translation>Kilidini açın; sisteminiz bunun için anahtarlığın parolasını sorar. Uçbirimde: visgatectl keys unlock.</translation>
    </message>
    <message>
        <source>Unlock the keychain</source>
        <translation>Anahtarlığın kilidini aç</translation>
    </message>
    <message>
        <source>The disk of this computer is full: %1</source>
        <translation>Bu bilgisayarın diski dolu: %1</translation>
    </message>
    <message>
        <source>Free some space, then try again. Nothing new is started meanwhile; what runs can be paused, deleted and stopped.</source>
        <translation>Biraz yer açıp yeniden deneyin. Bu sırada yeni bir şey başlatılmaz; çalışanlar duraklatılabilir, silinebilir ve durdurulabilir.</translation>
    </message>
    <message>
        <source>Visgate&apos;s own records are damaged: %1.</source>
        <translation>Visgate&apos;in kendi kayıtları bozulmuş: %1.</translation>
    </message>
    <message>
        <source>Move this file away; a backup of yours can take its place. Without one Visgate begins with empty records, and visgatectl cleanup lists the endpoints that it made.</source>
        <translation>Bu dosyayı başka yere taşıyın; yerine kendi yedeğinizi koyabilirsiniz. Yedek yoksa Visgate boş kayıtlarla başlar; visgatectl cleanup, yaptığı uç noktaları listeler.</translation>
    </message>
    <message>
        <source>“%1” cannot be written.</source>
        <translation>“%1” yazılamıyor.</translation>
    </message>
    <message>
        <source>Check its rights and the free space, or choose another place. Where Visgate keeps its records is told by --data-dir or VISGATE_DATA_DIR.</source>
        <translation>İzinlerini ve boş alanı denetleyin ya da başka bir yer seçin. Visgate&apos;in kayıtlarını nerede tutacağı --data-dir ya da VISGATE_DATA_DIR ile söylenir.</translation>
    </message>
    <message>
        <source>Another program already listens on port %1.</source>
        <translation>%1 numaralı kapıyı başka bir program dinliyor.</translation>
    </message>
    <message>
        <source>Another program already listens on this port.</source>
        <translation>Bu kapıyı başka bir program dinliyor.</translation>
    </message>
    <message>
        <source>Choose another port, or end the other program.</source>
        <translation>Başka bir kapı seçin ya da öteki programı sonlandırın.</translation>
    </message>
    <message>
        <source>Another Visgate already looks after the folder “%1”.</source>
        <translation>“%1” klasörüne zaten başka bir Visgate bakıyor.</translation>
    </message>
    <message>
        <source>Another Visgate already looks after this folder.</source>
        <translation>Bu klasöre zaten başka bir Visgate bakıyor.</translation>
    </message>
    <message>
        <source>Nothing needs to be done: commands and windows use that one. End it first to run another, or name another folder with --data-dir.</source>
        <translation>Bir şey yapmanız gerekmez: komutlar ve pencereler onu kullanır. Başka birini çalıştırmak için önce onu sonlandırın ya da --data-dir ile başka bir klasör verin.</translation>
    </message>
    <message>
        <source>The recipe is broken in line %1, column %2.</source>
        <translation>Tarif %1. satırda, %2. sütunda bozuk.</translation>
    </message>
    <message>
        <source>The picture took longer than its time limit of %1 min.</source>
        <translation>Resim, %1 dakikalık süre sınırını aştı.</translation>
    </message>
    <message>
        <source>Use a storage bucket of your own, or ask for a smaller picture.</source>
        <translation>Kendi depolama alanınızı kullanın ya da daha küçük bir resim isteyin.</translation>
    </message>
    <message>
        <source>The worker&apos;s log says that the picture was made, but the provider has not handed it out within the time limit of %1 min.</source>
        <translation>Çalışanın günlüğüne göre resim yapıldı; ama sağlayıcı onu %1 dakikalık süre sınırı içinde teslim etmedi.</translation>
    </message>
    <message>
        <source>The worker&apos;s log says that the picture was made, but the provider has not handed it out.</source>
        <translation>Çalışanın günlüğüne göre resim yapıldı; ama sağlayıcı onu teslim etmedi.</translation>
    </message>
    <message>
        <source>Run it again; with the same seed it is the same picture.</source>
        <translation>Yeniden çalıştırın; aynı tohumla aynı resim çıkar.</translation>
    </message>
    <message>
        <source>The provider says again and again that it does not know this picture&apos;s job.</source>
        <translation>Sağlayıcı, bu resmin işini tanımadığını tekrar tekrar söylüyor.</translation>
    </message>
    <message>
        <source>The description has %1 characters; at most %2 are possible.</source>
        <translation>Betimleme %1 karakter; en çok %2 karakter olabilir.</translation>
    </message>
    <message>
        <source>The description is too long.</source>
        <translation>Betimleme çok uzun.</translation>
    </message>
    <message>
        <source>Shorten it; models read only the first few hundred words anyway.</source>
        <translation>Kısaltın; modeller zaten yalnızca ilk birkaç yüz sözcüğü okur.</translation>
    </message>
    <message>
        <source>The description holds control characters, which cannot be seen or drawn.</source>
        <translation>Betimlemede görülemeyen ve çizilemeyen denetim karakterleri var.</translation>
    </message>
    <message>
        <source>Type it anew, or paste it as plain text.</source>
        <translation>Yeniden yazın ya da düz metin olarak yapıştırın.</translation>
    </message>
    <message>
        <source>“%1” must be from %2 to %3.</source>
        <translation>“%1” %2 ile %3 arasında olmalıdır.</translation>
    </message>
    <message>
        <source>A value of the picture&apos;s settings is out of its range.</source>
        <translation>Resim ayarlarından birinin değeri izin verilen aralığın dışında.</translation>
    </message>
    <message>
        <source>Choose a value within the range, or leave it to the model.</source>
        <translation>Aralık içinde bir değer seçin ya da seçimi modele bırakın.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Tohum</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Genişlik</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Yükseklik</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Adım sayısı</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Yönlendirme</translation>
    </message>
    <message>
        <source>Number of pictures</source>
        <translation>Resim sayısı</translation>
    </message>
    <message>
        <source>Nothing is said about what to draw.</source>
        <translation>Ne çizileceği yazılmamış.</translation>
    </message>
    <message>
        <source>Describe the picture in a few words.</source>
        <translation>Resmi birkaç sözcükle anlatın.</translation>
    </message>
    <message>
        <source>The worker ended while it was starting, and is started again.</source>
        <translation>İşçi başlarken sona erdi ve yeniden başlatılıyor.</translation>
    </message>
    <message>
        <source>Its log tells why. After some such ends in a row Visgate stops it.</source>
        <translation>Nedenini günlüğü söyler. Üst üste birkaç kez olursa Visgate onu durdurur.</translation>
    </message>
    <message>
        <source>The provider cannot fetch the worker image so far.</source>
        <translation>Sağlayıcı çalıştırma imajını şimdilik indiremiyor.</translation>
    </message>
    <message>
        <source>It tries again by itself until the start limit. Read its words: the image&apos;s name and its registry have to be right.</source>
        <translation>Başlama sınırına dek kendiliğinden yeniden dener. Sözlerini okuyun: imajın adı ve deposu doğru olmalı.</translation>
    </message>
    <message>
        <source>No Hugging Face token is stored on this computer.</source>
        <translation>Bu bilgisayarda kayıtlı Hugging Face erişim anahtarı (token) yok.</translation>
    </message>
    <message>
        <source>Only models behind a licence need one: make one with read access and paste it.</source>
        <translation>Yalnızca lisans arkasındaki modeller için gerekir: okuma izinli bir tane oluşturup yapıştırın.</translation>
    </message>
    <message>
        <source>The worker image holds nothing that can run this model.</source>
        <translation>Çalıştırma imajında bu modeli çalıştırabilecek hiçbir şey yok.</translation>
    </message>
    <message>
        <source>Set a worker image that can, or practise meanwhile. Nothing is billed any more.</source>
        <translation>Bunu yapabilen bir çalıştırma imajı ayarlayın ya da bu arada alıştırma yapın. Artık ücret işlemiyor.</translation>
    </message>
    <message>
        <source>This provider does not offer that.</source>
        <translation>Bu sağlayıcı bunu sunmuyor.</translation>
    </message>
    <message>
        <source>Do without, or deploy with a provider that has it.</source>
        <translation>Onsuz devam edin ya da bunu sunan bir sağlayıcıda çalıştırın.</translation>
    </message>
    <message>
        <source>There is no account named “%1”.</source>
        <translation>“%1” adında bir hesap yok.</translation>
    </message>
    <message>
        <source>There is no account of that name.</source>
        <translation>Bu adda bir hesap yok.</translation>
    </message>
    <message>
        <source>Use one of the accounts in the settings, or practice.</source>
        <translation>Ayarlardaki hesaplardan birini ya da alıştırmayı kullanın.</translation>
    </message>
    <message>
        <source>%1 needs %2 GB on its disk; %3 GB are free.</source>
        <translation>%1 için diskte %2 GB gerekli; %3 GB boş.</translation>
    </message>
    <message>
        <source>There is not enough room on the disk.</source>
        <translation>Diskte yeterince yer yok.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Biraz yer açın, sonra yeniden deneyin.</translation>
    </message>
    <message>
        <source>The picture engine needs Python %1 to %2 with its part for environments.</source>
        <translation>Resim motoru için, ortam oluşturma bölümüyle birlikte Python %1 – %2 gerekli.</translation>
    </message>
    <message>
        <source>The picture engine needs a newer Python.</source>
        <translation>Resim motoru için daha yeni bir Python gerekli.</translation>
    </message>
    <message>
        <source>Install it (Debian, Ubuntu: sudo apt install python3-venv), then try again.</source>
        <translation>Kurun (Debian, Ubuntu: sudo apt install python3-venv), sonra yeniden deneyin.</translation>
    </message>
    <message>
        <source>The picture engine could not be installed: %1</source>
        <translation>Resim motoru kurulamadı: %1</translation>
    </message>
    <message>
        <source>The picture engine could not be installed.</source>
        <translation>Resim motoru kurulamadı.</translation>
    </message>
    <message>
        <source>What was fetched stays. Look whether the network is there, then go on.</source>
        <translation>İndirilenler duruyor. Ağ bağlantısına bakın, sonra sürdürün.</translation>
    </message>
    <message>
        <source>Real models need the picture engine on this computer, and it is not there.</source>
        <translation>Gerçek modeller için bu bilgisayarda resim motoru gerekir; motor yok.</translation>
    </message>
    <message>
        <source>Install it in the settings (in a terminal: visgatectl picture-engine install), or try the demo model.</source>
        <translation>Ayarlardan kurun (uçbirimde: visgatectl picture-engine install) ya da demo modelini deneyin.</translation>
    </message>
    <message>
        <source>Install the picture engine</source>
        <translation>Resim motorunu kur</translation>
    </message>
    <message>
        <source>“%1” is on this computer only; no cloud has it.</source>
        <translation>“%1” yalnızca bu bilgisayarda; hiçbir bulutta yok.</translation>
    </message>
    <message>
        <source>This model is on this computer only; no cloud has it.</source>
        <translation>Bu model yalnızca bu bilgisayarda; hiçbir bulutta yok.</translation>
    </message>
    <message>
        <source>Deploy it on this computer, or choose another model.</source>
        <translation>Onu bu bilgisayarda çalıştırın veya başka bir model seçin.</translation>
    </message>
    <message>
        <source>The worker could not get the model from Hugging Face.</source>
        <translation>İşçi modeli Hugging Face’ten alamadı.</translation>
    </message>
    <message>
        <source>Something still runs or stands in the account “%1”.</source>
        <translation>“%1” hesabında hâlâ çalışan ya da duran bir şey var.</translation>
    </message>
    <message>
        <source>Something still runs or stands in this account.</source>
        <translation>Bu hesapta hâlâ çalışan ya da duran bir şey var.</translation>
    </message>
    <message>
        <source>Delete what is there first; without the account&apos;s key nobody here could stop it.</source>
        <translation>Önce oradakileri silin; hesabın anahtarı olmadan buradan kimse onları durduramaz.</translation>
    </message>
    <message>
        <source>This is the key of the account “%1” already.</source>
        <translation>Bu anahtar zaten “%1” hesabının.</translation>
    </message>
    <message>
        <source>This is the key of another account already.</source>
        <translation>Bu anahtar zaten başka bir hesabın.</translation>
    </message>
    <message>
        <source>Make a key in the account that is meant; one account under two names would be counted twice.</source>
        <translation>Asıl istediğiniz hesapta bir anahtar oluşturun; iki adla eklenen tek hesap iki kez sayılırdı.</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>measured</source>
        <translation>ölçüldü</translation>
    </message>
    <message>
        <source>published</source>
        <translation>yayımlandı</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>hesaplandı</translation>
    </message>
    <message>
        <source>an estimate</source>
        <translation>tahmin</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>No worker ran in this time.</source>
        <translation>Bu sürede hiçbir GPU çalışmadı.</translation>
    </message>
    <message>
        <source>Workers ran for %1, at most %2 at once.</source>
        <translation>%1 boyunca GPU çalıştı; aynı anda en fazla %2 tane.</translation>
    </message>
    <message>
        <source>Workers ran for %1, at most %2 at once, on %3.</source>
        <translation>%1 boyunca GPU çalıştı; aynı anda en fazla %2 tane, türleri: %3.</translation>
    </message>
    <message>
        <source>For %1 Visgate was not looking: what happened then is not known.</source>
        <translation>%1 boyunca Visgate bakmıyordu; o sırada ne olduğu bilinmiyor.</translation>
    </message>
    <message>
        <source>Nobody charges for this computer.</source>
        <translation>Bu bilgisayar için kimse ücret almaz.</translation>
    </message>
    <message>
        <source>That cost about %1.</source>
        <translation>Bu, yaklaşık %1 tuttu.</translation>
    </message>
    <message>
        <source>Nobody asked for a picture.</source>
        <translation>Kimse resim istemedi.</translation>
    </message>
    <message>
        <source>Jobs: %1. How long they waited is not known yet.</source>
        <translation>İşler: %1. Ne kadar bekledikleri henüz bilinmiyor.</translation>
    </message>
    <message>
        <source>Jobs: %1. The wait in the queue was %2.</source>
        <translation>İşler: %1. Kuyrukta bekleme süresi %2.</translation>
    </message>
    <message>
        <source>Jobs: %1. Half of them waited at most %2 in the queue, the longest wait was %3.</source>
        <translation>İşler: %1. Yarısı kuyrukta en fazla %2 bekledi, en uzun bekleme %3 oldu.</translation>
    </message>
    <message>
        <source>GPUs obtained: %1.</source>
        <translation>Alınan GPU&apos;lar: %1.</translation>
    </message>
    <message>
        <source>GPUs planned: %1; none obtained in this time.</source>
        <translation>Planlanan GPU&apos;lar: %1; bu sürede hiçbiri alınmadı.</translation>
    </message>
    <message>
        <source>GPUs planned: %1; obtained: %2.</source>
        <translation>Planlanan GPU&apos;lar: %1; alınan: %2.</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>“%1” has a value that cannot be used.</source>
        <translation>“%1” için verilen değer kullanılamaz.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adres</translation>
    </message>
    <message>
        <source>It begins with https:// (http:// for this computer only) and names the S3 service, without key or question mark: https://s3.eu-central-1.amazonaws.com.</source>
        <translation>https:// ile başlar (http:// yalnızca bu bilgisayar için) ve S3 hizmetini adlandırır; anahtar ya da soru işareti içermez: https://s3.eu-central-1.amazonaws.com.</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bölge</translation>
    </message>
    <message>
        <source>One word of letters, digits and hyphens, such as eu-central-1 or auto.</source>
        <translation>Harf, rakam ve kısa çizgilerden oluşan tek bir sözcük, örneğin eu-central-1 ya da auto.</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>Depo (bucket)</translation>
    </message>
    <message>
        <source>2 to 63 letters, digits, dots and hyphens, without slashes: my-pictures.</source>
        <translation>Eğik çizgisiz, 2-63 harf, rakam, nokta ve kısa çizgi: resimlerim.</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Ön ek</translation>
    </message>
    <message>
        <source>At most 200 letters, digits, spaces and the signs . _ - /, without “..”: pictures/2026/.</source>
        <translation>En çok 200 harf, rakam, boşluk ve . _ - / işaretleri, “..” olmadan: resimler/2026/.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Anahtar</translation>
    </message>
    <message>
        <source>The key&apos;s id and its secret come together, each on one line.</source>
        <translation>Anahtarın kimliği ile gizli bölümü birlikte verilir, her biri tek satırdır.</translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation>Gizli anahtar</translation>
    </message>
    <message>
        <source>One word, as the provider shows it, without spaces and line breaks.</source>
        <translation>Sağlayıcının gösterdiği biçimde, boşluksuz ve satır sonu olmayan tek bir sözcük.</translation>
    </message>
    <message>
        <source>Worker image</source>
        <translation>Çalıştırma imajı</translation>
    </message>
    <message>
        <source>A full image name with its version and without spaces: docker.io/me/visgate-worker:1.0.</source>
        <translation>Sürümüyle birlikte, boşluksuz tam imaj adı: docker.io/ben/visgate-worker:1.0.</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>A kind of GPU from the provider&apos;s list, such as A40; leave it out for the cheapest that fits.</source>
        <translation>Sağlayıcının listesinden bir GPU türü, örneğin A40; uygun olanların en ucuzu için boş bırakın.</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Sınırlar</translation>
    </message>
    <message>
        <source>Amounts in US dollars above 0, and what warns is not above what stops.</source>
        <translation>0&apos;dan büyük ABD doları tutarları; uyaran tutar durduran tutarı aşmaz.</translation>
    </message>
    <message>
        <source>Warn at</source>
        <translation>Uyarı sınırı</translation>
    </message>
    <message>
        <source>An amount in US dollars above 0, not above the one that stops.</source>
        <translation>0&apos;dan büyük ve durduran tutarı aşmayan bir ABD doları tutarı.</translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation>Durdurma sınırı</translation>
    </message>
    <message>
        <source>An amount in US dollars above 0.</source>
        <translation>0&apos;dan büyük bir ABD doları tutarı.</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>Kurulum</translation>
    </message>
    <message>
        <source>A limit of one deployment names it; one of the day or month does not.</source>
        <translation>Tek bir kurulumun sınırı onu adıyla belirtir; günün ya da ayın sınırı belirtmez.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zaman</translation>
    </message>
    <message>
        <source>It begins before it ends.</source>
        <translation>Başlangıcı bitişinden öncedir.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Başlangıç</translation>
    </message>
    <message>
        <source>A day and time such as 2026-01-31T09:00:00Z.</source>
        <translation>2026-01-31T09:00:00Z gibi bir gün ve saat.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bitiş</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Saklama</translation>
    </message>
    <message>
        <source>A time such as 30m, 24h or 7d.</source>
        <translation>30m, 24h ya da 7d gibi bir süre.</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Sayfa</translation>
    </message>
    <message>
        <source>Only what an earlier answer named as its next page.</source>
        <translation>Yalnızca önceki bir yanıtın sonraki sayfa olarak verdiği değer.</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>İstem</translation>
    </message>
    <message>
        <source>Say in words what the picture shows, in %2 characters at most.</source>
        <translation>Resmin ne göstereceğini sözle söyleyin, en çok %2 karakter.</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Genişlik</translation>
    </message>
    <message>
        <source>A whole number from %1 to %2.</source>
        <translation>%1 ile %2 arasında bir tam sayı.</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Yükseklik</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Adım</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Resimler</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Bağlılık</translation>
    </message>
    <message>
        <source>A number from %1 to %2.</source>
        <translation>%1 ile %2 arasında bir sayı.</translation>
    </message>
    <message>
        <source>Keep warm</source>
        <translation>Sıcak tut</translation>
    </message>
    <message>
        <source>1 to 50 windows such as “mon-fri 09:00-17:00 Europe/Istanbul”, a time within the next 31 days, or always, which needs a stored key.</source>
        <translation>“mon-fri 09:00-17:00 Europe/Istanbul” gibi 1-50 zaman aralığı, önümüzdeki 31 gün içinde bir zaman ya da her zaman; sonuncusu saklı bir anahtar ister.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Sürüm</translation>
    </message>
    <message>
        <source>An earlier one from the list, whose changes can all be set back.</source>
        <translation>Listeden, değişikliklerinin tümü geri alınabilen daha eski bir sürüm.</translation>
    </message>
    <message>
        <source>Account name</source>
        <translation>Hesap adı</translation>
    </message>
    <message>
        <source>1 to 40 characters, and not the name of another account.</source>
        <translation>1 ile 40 karakter arası, başka bir hesabın adı olmayan bir ad.</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Sağlayıcı</translation>
    </message>
    <message>
        <source>One whose accounts have keys, such as runpod.</source>
        <translation>runpod gibi, hesaplarının anahtarı olan bir sağlayıcı.</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>under %1</source>
        <translation>%1 altında</translation>
    </message>
    <message>
        <source>%1 play money</source>
        <translation>%1 oyun parası</translation>
    </message>
    <message>
        <source>%1/h</source>
        <translation>%1/sa</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 sn</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 dk %2 sn</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 sa %2 dk</translation>
    </message>
    <message>
        <source>no history yet</source>
        <translation>henüz geçmiş yok</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>yaklaşık %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 dk</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 sa</translation>
    </message>
    <message>
        <source>your electricity</source>
        <translation>elektriğiniz</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>şimdiye dek %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>bytes that are there, of all: 3.2 of 23.8 GB</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>bytes a second: 180 MB/s</comment>
        <translation>%1/sn</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>yaklaşık %1 kaldı</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>The window needs a display, and none can be opened here. The command line does without: visgatectl --help</source>
        <translation>Pencere için bir ekran gerekir, burada ise hiçbiri açılamıyor. Komut satırı ekransız çalışır: visgatectl --help</translation>
    </message>
    <message>
        <source>Usage: visgate [RECIPE]

Opens Visgate&apos;s window, in which models are put to work on your own GPU account.
With a recipe&apos;s file (*.visgate), opens its sheet, filled in.

  --help     Show this
  --version  Print the version

The folder for its data is VISGATE_DATA_DIR, else ~/.local/share/visgate.
Everything can be done by command, too: visgatectl --help</source>
        <translation>Kullanım: visgate [TARİF]

Modelleri kendi GPU hesabınızda çalıştırdığınız Visgate penceresini açar.
Bir tarif dosyasıyla (*.visgate), o tarifin doldurulmuş sayfasını açar.

  --help     Bunu gösterir
  --version  Sürümü yazar

Veri klasörü VISGATE_DATA_DIR, yoksa ~/.local/share/visgate klasörüdür.
Her şey komutla da yapılabilir: visgatectl --help</translation>
    </message>
</context>
<context>
    <name>Licences</name>
    <message>
        <source>Commercial use needs a free registration with the maker.</source>
        <translation>Ticari kullanım için üreticiye ücretsiz kayıt gerekir.</translation>
    </message>
    <message>
        <source>Commercial use needs a membership of Stability AI.</source>
        <translation>Ticari kullanım için Stability AI üyeliği gerekir.</translation>
    </message>
    <message>
        <source>Commercial use of the model needs a licence from Black Forest Labs; pictures made with it may be sold.</source>
        <translation>Modelin ticari kullanımı için Black Forest Labs lisansı gerekir; onunla yapılan resimler satılabilir.</translation>
    </message>
    <message>
        <source>Each version has a licence of its own; large companies need an agreement.</source>
        <translation>Her sürümün kendi lisansı vardır; büyük şirketlerin anlaşma yapması gerekir.</translation>
    </message>
    <message>
        <source>Some harmful uses are excluded.</source>
        <translation>Bazı zararlı kullanımlar kapsam dışıdır.</translation>
    </message>
    <message>
        <source>Commercial use of the model needs a licence from Black Forest Labs.</source>
        <translation>Modelin ticari kullanımı için Black Forest Labs lisansı gerekir.</translation>
    </message>
    <message>
        <source>For research only.</source>
        <translation>Yalnızca araştırma içindir.</translation>
    </message>
    <message>
        <source>the European Union</source>
        <translation>Avrupa Birliği</translation>
    </message>
    <message>
        <source>the United Kingdom</source>
        <translation>Birleşik Krallık</translation>
    </message>
    <message>
        <source>South Korea</source>
        <translation>Güney Kore</translation>
    </message>
    <message>
        <source>Commercial use is allowed.</source>
        <translation>Ticari kullanıma izin verilir.</translation>
    </message>
    <message>
        <source>Commercial use is free below %1 million USD of yearly revenue; above it a licence is needed.</source>
        <translation>Yıllık geliri %1 milyon ABD dolarının altında olanlara ticari kullanım ücretsizdir; üstünde lisans gerekir.</translation>
    </message>
    <message>
        <source>Commercial use is allowed under conditions.</source>
        <translation>Ticari kullanıma koşullarla izin verilir.</translation>
    </message>
    <message>
        <source>This licence does not allow commercial use.</source>
        <translation>Bu lisans ticari kullanıma izin vermez.</translation>
    </message>
    <message>
        <source>What this licence allows is not known here: read it on the model&apos;s page before you earn money with it.</source>
        <translation>Bu lisansın neye izin verdiği burada bilinmiyor: onunla para kazanmadan önce modelin sayfasında okuyun.</translation>
    </message>
    <message>
        <source>Its page at Hugging Face must be accepted first, with an account and a token; that is free and at once.</source>
        <translation>Önce Hugging Face sayfası bir hesap ve erişim anahtarıyla (token) kabul edilmelidir; bu ücretsizdir ve hemen olur.</translation>
    </message>
    <message>
        <source>Its maker decides who may use it: ask for access on its page at Hugging Face, and store a token.</source>
        <translation>Kimin kullanabileceğine yapımcısı karar verir: Hugging Face sayfasından erişim isteyin ve bir erişim anahtarı (token) saklayın.</translation>
    </message>
    <message>
        <source>It gives no licence in: %1.</source>
        <translation>Şuralarda lisans vermez: %1.</translation>
    </message>
</context>
<context>
    <name>Log</name>
    <message>
        <source>Validating Hugging Face model</source>
        <translation>Hugging Face modeli doğrulanıyor</translation>
    </message>
    <message>
        <source>HF model validated</source>
        <translation>HF modeli doğrulandı</translation>
    </message>
    <message>
        <source>Selected GPU: %1</source>
        <translation>Seçilen GPU: %1</translation>
    </message>
    <message>
        <source>Placed in %1: %2</source>
        <translation>Yeri %1: %2</translation>
    </message>
    <message>
        <source>No machine is free in %1; trying everywhere</source>
        <translation>%1 içinde boş makine yok; her yerde deneniyor</translation>
    </message>
    <message>
        <source>No machine is free in %1; looking for another plan</source>
        <translation>%1 için boş makine yok; başka bir plan aranıyor</translation>
    </message>
    <message>
        <source>Next plan: %1 at up to %2, +%3 above the price agreed to; waiting for an answer</source>
        <translation>Sıradaki plan: %1, en çok %2; kabul edilen fiyatın %3 üstünde; yanıt bekleniyor</translation>
    </message>
    <message>
        <source>Next plan: %1 at up to %2 (%3%4)</source>
        <translation>Sıradaki plan: %1, en çok %2 (%3%4)</translation>
    </message>
    <message>
        <source>The dearer plan was accepted</source>
        <translation>Daha pahalı plan kabul edildi</translation>
    </message>
    <message>
        <source>The dearer plan was declined</source>
        <translation>Daha pahalı plan reddedildi</translation>
    </message>
    <message>
        <source>Endpoint %1 created</source>
        <translation>%1 uç noktası oluşturuldu</translation>
    </message>
    <message>
        <source>Endpoint %1 found by its name</source>
        <translation>%1 uç noktası adından bulundu</translation>
    </message>
    <message>
        <source>Endpoint %1 was asleep at max 0; it is back</source>
        <translation>%1 uç noktası en çok 0 işçiyle uyuyordu; yeniden açıldı</translation>
    </message>
    <message>
        <source>no answer to the create call (%1); looking for the endpoint by its name</source>
        <translation>oluşturma çağrısına yanıt gelmedi (%1); uç nokta adıyla aranıyor</translation>
    </message>
    <message>
        <source>removing a second endpoint of the same name</source>
        <translation>aynı adlı ikinci uç nokta kaldırılıyor</translation>
    </message>
    <message>
        <source>GPU obtained: %1</source>
        <translation>Alınan GPU: %1</translation>
    </message>
    <message>
        <source>Ready: %1</source>
        <translation>Hazır: %1</translation>
    </message>
    <message>
        <source>%1: longer than usual (%2 minutes)</source>
        <translation>%1: her zamankinden uzun (%2 dakika)</translation>
    </message>
    <message>
        <source>Pool policy: %1</source>
        <translation>Sıcak tutma kuralı: %1</translation>
    </message>
    <message>
        <source>Warm until %1</source>
        <translation>Şu ana kadar sıcak: %1</translation>
    </message>
    <message>
        <source>The warm time is over: idle time-out %1 s again</source>
        <translation>Sıcak tutma süresi bitti: boşta bekleme yine %1 sn</translation>
    </message>
    <message>
        <source>A small job holds it warm</source>
        <translation>Küçük bir iş onu sıcak tutuyor</translation>
    </message>
    <message>
        <source>A small job warms it up</source>
        <translation>Küçük bir iş onu ısıtıyor</translation>
    </message>
    <message>
        <source>No worker can be kept warm: %1 small jobs failed</source>
        <translation>Hiçbir işçi sıcak tutulamıyor: %1 küçük iş başarısız oldu</translation>
    </message>
    <message>
        <source>Always on costs $%1 a month, which was not agreed to: it stays on demand</source>
        <translation>Sürekli açık tutmak ayda $%1 tutar, bu kabul edilmedi: istek üzerine çalışmayı sürdürür</translation>
    </message>
    <message>
        <source>Always on: one worker at least</source>
        <translation>Sürekli açık: en az bir işçi</translation>
    </message>
    <message>
        <source>No longer always on</source>
        <translation>Artık sürekli açık değil</translation>
    </message>
    <message>
        <source>New limits: %1</source>
        <translation>Yeni sınırlar: %1</translation>
    </message>
    <message>
        <source>limit reached (%1): $%2 spent, stop at $%3</source>
        <translation>sınıra ulaşıldı (%1): $%2 harcandı, durma sınırı $%3</translation>
    </message>
    <message>
        <source>limit in sight (%1): $%2 spent, tell at $%3</source>
        <translation>sınır yaklaştı (%1): $%2 harcandı, haber sınırı $%3</translation>
    </message>
    <message>
        <source>Rolled back to release %1, which is release %2 now</source>
        <translation>%1. sürüme dönüldü; şimdi %2. sürüm</translation>
    </message>
    <message>
        <source>Paused: the endpoint goes on, another deployment uses it</source>
        <translation>Duraklatıldı: uç nokta çalışmayı sürdürür, başka bir kurulum kullanıyor</translation>
    </message>
    <message>
        <source>Paused: no worker runs</source>
        <translation>Duraklatıldı: hiçbir işçi çalışmıyor</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>Sürdürüldü</translation>
    </message>
    <message>
        <source>resumed elsewhere: the maximum of workers is %1</source>
        <translation>başka yerden sürdürüldü: işçi üst sınırı %1</translation>
    </message>
    <message>
        <source>changed elsewhere: %1 from %2 to %3</source>
        <translation>başka yerden değiştirildi: %1, %2 yerine %3</translation>
    </message>
    <message>
        <source>Removed: kept at max 0 until %1, then deleted</source>
        <translation>Kaldırıldı: %1 anına kadar en çok 0 işçiyle saklanır, sonra silinir</translation>
    </message>
    <message>
        <source>The time for which it was kept is over</source>
        <translation>Saklama süresi doldu</translation>
    </message>
    <message>
        <source>Its endpoint is in use again, by %1</source>
        <translation>Uç noktası yeniden kullanımda: %1</translation>
    </message>
    <message>
        <source>the endpoint stays: another deployment has it, too</source>
        <translation>uç nokta kalıyor: başka bir kurulum da kullanıyor</translation>
    </message>
    <message>
        <source>the endpoint stays: another program or computer made it</source>
        <translation>uç nokta kalıyor: onu başka bir program ya da bilgisayar oluşturdu</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Silindi</translation>
    </message>
    <message>
        <source>Nothing is left running</source>
        <translation>Çalışan hiçbir şey kalmadı</translation>
    </message>
    <message>
        <source>The account has a new key</source>
        <translation>Hesabın yeni bir anahtarı var</translation>
    </message>
    <message>
        <source>The provider refused: %1</source>
        <translation>Sağlayıcı reddetti: %1</translation>
    </message>
    <message>
        <source>The provider refused %1: %2</source>
        <translation>Sağlayıcı %1 isteğini reddetti: %2</translation>
    </message>
    <message>
        <source>the provider no longer has this endpoint</source>
        <translation>bu uç nokta artık sağlayıcıda yok</translation>
    </message>
    <message>
        <source>the provider set the maximum of workers to 0</source>
        <translation>sağlayıcı işçi üst sınırını 0 yaptı</translation>
    </message>
    <message>
        <source>the provider answers again</source>
        <translation>sağlayıcı yeniden yanıt veriyor</translation>
    </message>
    <message>
        <source>stopping: %1</source>
        <translation>durduruluyor: %1</translation>
    </message>
    <message>
        <source>refused the transition %1 -&gt; %2</source>
        <translation>%1 -&gt; %2 geçişi reddedildi</translation>
    </message>
    <message>
        <source>%1; trying again. %2</source>
        <translation>%1; yeniden deneniyor. %2</translation>
    </message>
    <message>
        <source>worker starts</source>
        <translation>işçi başlıyor</translation>
    </message>
    <message>
        <source>listening on %1, port %2</source>
        <translation>%1 adresinde %2 numaralı kapıyı dinliyor</translation>
    </message>
    <message>
        <source>gpu: %1, %2 GB</source>
        <translation>gpu: %1, %2 GB</translation>
    </message>
    <message>
        <source>download: %1 of %2 GB</source>
        <translation>indirme: %1 / %2 GB</translation>
    </message>
    <message>
        <source>download: %1 GB</source>
        <translation>indirme: %1 GB</translation>
    </message>
    <message>
        <source>ready: %1 on %2, loaded in %3 s</source>
        <translation>hazır: %2 üzerinde %1, %3 sn içinde yüklendi</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>adım %1 / %2</translation>
    </message>
    <message>
        <source>result: %1 in %2 s</source>
        <translation>sonuç: %2 sn içinde %1</translation>
    </message>
    <message>
        <source>fallback: %1 to %2 (%3)</source>
        <translation>yedeğe geçildi: %1 yerine %2 (%3)</translation>
    </message>
    <message>
        <source>Ready: this endpoint has shown it before</source>
        <translation>Hazır: bu uç nokta bunu daha önce gösterdi</translation>
    </message>
    <message>
        <source>Ready: a worker of this endpoint is up</source>
        <translation>Hazır: bu uç noktanın bir işçisi ayakta</translation>
    </message>
    <message>
        <source>Ready: its first picture was made</source>
        <translation>Hazır: ilk resmi yapıldı</translation>
    </message>
    <message>
        <source>Ready: the worker answered a debug job</source>
        <translation>Hazır: işçi bir deneme işine yanıt verdi</translation>
    </message>
    <message>
        <source>Ready: a job was completed</source>
        <translation>Hazır: bir iş tamamlandı</translation>
    </message>
    <message>
        <source>Ready: worker %1 says so</source>
        <translation>Hazır: %1 işçisi öyle bildiriyor</translation>
    </message>
    <message>
        <source>Ready: the worker reported it</source>
        <translation>Hazır: işçi bildirdi</translation>
    </message>
    <message>
        <source>Asked for: back to release %1</source>
        <translation>İstendi: %1 numaralı sürüme dönüş</translation>
    </message>
    <message>
        <source>No return to release %1: %2</source>
        <translation>%1 numaralı sürüme dönülemedi: %2</translation>
    </message>
    <message>
        <source>An endpoint of the same name has other settings: this one gets a name of its own</source>
        <translation>Aynı adlı bir uç noktanın ayarları başka: bu dağıtım kendine ayrı bir ad alıyor</translation>
    </message>
    <message>
        <source>The endpoint that was being woken sleeps again</source>
        <translation>Uyandırılmakta olan uç nokta yeniden uyuyor</translation>
    </message>
    <message>
        <source>Next plan: %1 at up to %2, other GPUs than those agreed to; waiting for an answer</source>
        <translation>Sıradaki plan: %1, en çok %2; onaylananlardan başka GPU&apos;lar; yanıt bekleniyor</translation>
    </message>
    <message>
        <source>The other plan was accepted</source>
        <translation>Öteki plan kabul edildi</translation>
    </message>
    <message>
        <source>The other plan was declined</source>
        <translation>Öteki plan reddedildi</translation>
    </message>
</context>
<context>
    <name>ModelVerdict</name>
    <message>
        <source>Cannot run: %1</source>
        <translation>Çalışamaz: %1</translation>
    </message>
    <message>
        <source>Runs on this computer or a rented GPU</source>
        <translation>Bu bilgisayarda veya kiralık bir GPU’da çalışır</translation>
    </message>
    <message>
        <source>Runs on a rented GPU</source>
        <translation>Kiralık bir GPU’da çalışır</translation>
    </message>
    <message>
        <source>“%1” can be used: %2.</source>
        <translation>“%1” kullanılabilir: %2.</translation>
    </message>
    <message>
        <source>“%1” can be used: %2, with diffusers as %3.</source>
        <translation>“%1” kullanılabilir: %2, diffusers ile %3 olarak.</translation>
    </message>
    <message>
        <source>It needs about %1 of GPU memory (%2).</source>
        <translation>Yaklaşık %1 GPU belleği gerekir (%2).</translation>
    </message>
    <message>
        <source>How much GPU memory it needs is not known.</source>
        <translation>Ne kadar GPU belleği gerektiği bilinmiyor.</translation>
    </message>
    <message>
        <source>Its download is %1.</source>
        <translation>İndirmesi %1.</translation>
    </message>
    <message>
        <source>Choose its card to see the price; nothing is paid before that.</source>
        <translation>Fiyatını görmek için kartını seçin; ondan önce hiçbir şey ödenmez.</translation>
    </message>
</context>
<context>
    <name>MonitorCharts</name>
    <message>
        <source>At work</source>
        <translation>Çalışıyor</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Boşta</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Başlıyor</translation>
    </message>
    <message>
        <source>Waiting for a GPU</source>
        <translation>GPU bekliyor</translation>
    </message>
    <message>
        <source>Unhealthy</source>
        <translation>Sorunlu</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Diğerleri</translation>
    </message>
    <message>
        <source>Not told</source>
        <translation>Bildirilmedi</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Çalışıyor</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Bekliyor</translation>
    </message>
    <message>
        <source>Play money</source>
        <translation>Oyun parası</translation>
    </message>
    <message>
        <source>Real money</source>
        <translation>Gerçek para</translation>
    </message>
    <message>
        <source>GPU not known</source>
        <translation>GPU bilinmiyor</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>İşçiler</translation>
    </message>
    <message>
        <source>GPUs by type</source>
        <translation>Türlerine göre GPU&apos;lar</translation>
    </message>
    <message>
        <source>GPUs by place</source>
        <translation>Yerlerine göre GPU&apos;lar</translation>
    </message>
    <message>
        <source>Cost per hour</source>
        <translation>Saatlik maliyet</translation>
    </message>
    <message>
        <source>Cost so far</source>
        <translation>Şu ana kadarki maliyet</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>İşler</translation>
    </message>
    <message>
        <source>Wait in the queue</source>
        <translation>Kuyrukta bekleme</translation>
    </message>
    <message>
        <source>Time to the first step</source>
        <translation>İlk adıma kadar geçen süre</translation>
    </message>
    <message>
        <source>Run time</source>
        <translation>Çalışma süresi</translation>
    </message>
</context>
<context>
    <name>Placement</name>
    <message>
        <source>No GPU is free beside your volume with the model; it is loaded from the hub instead.</source>
        <translation>Modelin bulunduğu ağ diskinizin yanında boş GPU yok; model bunun yerine model merkezinden yüklenecek.</translation>
    </message>
    <message>
        <source>you asked for it</source>
        <translation>siz istediniz</translation>
    </message>
    <message>
        <source>your volume with the model is there</source>
        <translation>modelin bulunduğu ağ diskiniz orada</translation>
    </message>
    <message>
        <source>close to your storage</source>
        <translation>depolamanıza yakın</translation>
    </message>
    <message>
        <source>close to you</source>
        <translation>size yakın</translation>
    </message>
    <message>
        <source>the cheapest suitable GPU is free there</source>
        <translation>en ucuz uygun GPU orada boş</translation>
    </message>
    <message>
        <source>machines are free there</source>
        <translation>orada boş makine var</translation>
    </message>
    <message>
        <source>the provider chose it; nothing spoke for another place</source>
        <translation>sağlayıcı seçti; başka bir yeri gerektiren bir şey yoktu</translation>
    </message>
</context>
<context>
    <name>Preflight</name>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Anahtarlık</translation>
    </message>
    <message>
        <source>Account key</source>
        <translation>Hesap anahtarı</translation>
    </message>
    <message>
        <source>Worker image</source>
        <translation>Çalıştırma imajı</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Görev</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lisans</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>GPU belleği</translation>
    </message>
    <message>
        <source>Worker disk</source>
        <translation>İşçi diski</translation>
    </message>
    <message>
        <source>Worker slots</source>
        <translation>GPU kotası</translation>
    </message>
    <message>
        <source>Keys are kept for this session only</source>
        <translation>Anahtarlar yalnızca bu oturum için tutulur</translation>
    </message>
    <message>
        <source>The key works and may create</source>
        <translation>Anahtar çalışıyor ve oluşturabiliyor</translation>
    </message>
    <message>
        <source>Prices and GPUs can be asked for once the key works</source>
        <translation>Fiyatlar ve GPU&apos;lar anahtar çalışınca sorulabilir</translation>
    </message>
    <message>
        <source>size unknown</source>
        <translation>boyut bilinmiyor</translation>
    </message>
    <message>
        <source>No such GPU is free at the moment</source>
        <translation>Şu anda böyle boş bir GPU yok</translation>
    </message>
    <message>
        <source>%1 of %2 in use</source>
        <translation>%2 yerin %1 tanesi kullanımda</translation>
    </message>
    <message>
        <source>%1 (the registry did not let us look)</source>
        <translation>%1 (imaj deposu bakmamıza izin vermedi)</translation>
    </message>
    <message>
        <source>CUDA %1 or newer</source>
        <translation>CUDA %1 ya da daha yeni</translation>
    </message>
    <message>
        <source>about %1 min expected</source>
        <translation>yaklaşık %1 dakika bekleniyor</translation>
    </message>
    <message>
        <source>No answer in time; this could not be checked</source>
        <translation>Zamanında yanıt gelmedi; bu denetlenemedi</translation>
    </message>
    <message>
        <source>%1 with %2 offload</source>
        <translation>%1, %2 aktarımıyla</translation>
    </message>
    <message>
        <source>%1; as of %2, until the key works</source>
        <translation>%1; anahtar çalışana dek %2 tarihli</translation>
    </message>
    <message>
        <source>%1 left: less than an hour on this GPU</source>
        <translation>%1 kaldı: bu GPU’da bir saatten az</translation>
    </message>
    <message>
        <source>Results go to your storage</source>
        <translation>Sonuçlar depolamanıza gider</translation>
    </message>
    <message>
        <source>about %1 MB</source>
        <translation>yaklaşık %1 MB</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Bağlantı</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Saat</translation>
    </message>
    <message>
        <source>Bills</source>
        <translation>Faturalar</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Bakiye</translation>
    </message>
    <message>
        <source>Host driver</source>
        <translation>Makine sürücüsü</translation>
    </message>
    <message>
        <source>Free machines</source>
        <translation>Boş makineler</translation>
    </message>
    <message>
        <source>Size asked for</source>
        <translation>İstenen boyut</translation>
    </message>
    <message>
        <source>Start limit</source>
        <translation>Başlatma sınırı</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>Süre sınırı</translation>
    </message>
    <message>
        <source>Size of the result</source>
        <translation>Sonucun boyutu</translation>
    </message>
    <message>
        <source>%1 play money</source>
        <translation>%1 oyun parası</translation>
    </message>
    <message>
        <source>None of your own is needed: each cold start installs what draws, about %1 min (%2)</source>
        <translation>Kendi imajınız gerekmez: her soğuk başlangıçta çizen yazılım kurulur, yaklaşık %1 dk (%2)</translation>
    </message>
    <message>
        <source>The demo model comes with Visgate</source>
        <translation>Demo modeli Visgate ile gelir</translation>
    </message>
    <message>
        <source>Real models can be run</source>
        <translation>Gerçek modeller çalıştırılabilir</translation>
    </message>
    <message>
        <source>Picture engine</source>
        <translation>Resim motoru</translation>
    </message>
</context>
<context>
    <name>Releases</name>
    <message>
        <source>Worker image</source>
        <translation>Çalıştırma imajı</translation>
    </message>
    <message>
        <source>Arguments of the worker</source>
        <translation>İşçinin parametreleri</translation>
    </message>
    <message>
        <source>Worker disk (GB)</source>
        <translation>İşçi diski (GB)</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Bağlantı noktaları</translation>
    </message>
    <message>
        <source>Registry login</source>
        <translation>İmaj deposu oturumu</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPU&apos;lar</translation>
    </message>
    <message>
        <source>Excluded GPUs</source>
        <translation>Dışarıda bırakılan GPU&apos;lar</translation>
    </message>
    <message>
        <source>GPUs a worker</source>
        <translation>İşçi başına GPU</translation>
    </message>
    <message>
        <source>Lowest CUDA version</source>
        <translation>En düşük CUDA sürümü</translation>
    </message>
    <message>
        <source>CUDA versions</source>
        <translation>CUDA sürümleri</translation>
    </message>
    <message>
        <source>Data centers</source>
        <translation>Veri merkezleri</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Ağ diskleri</translation>
    </message>
    <message>
        <source>Execution limit (ms)</source>
        <translation>Çalışma sınırı (ms)</translation>
    </message>
    <message>
        <source>FlashBoot</source>
        <translation>FlashBoot</translation>
    </message>
    <message>
        <source>Fewest workers</source>
        <translation>En az işçi</translation>
    </message>
    <message>
        <source>Most workers</source>
        <translation>En çok işçi</translation>
    </message>
    <message>
        <source>Idle time-out (s)</source>
        <translation>Boşta kalma süresi (sn)</translation>
    </message>
    <message>
        <source>%1 set to %2</source>
        <translation>%1, %2 olarak ayarlandı</translation>
    </message>
    <message>
        <source>%1 removed (it was %2)</source>
        <translation>%1 kaldırıldı (%2 idi)</translation>
    </message>
    <message>
        <source>%1 changed from %2 to %3</source>
        <translation>%1, %2 iken %3 oldu</translation>
    </message>
</context>
<context>
    <name>SpendWords</name>
    <message>
        <source>Drawing pictures</source>
        <translation>Resim çizmek</translation>
    </message>
    <message>
        <source>Starting GPUs</source>
        <translation>GPU başlatmak</translation>
    </message>
    <message>
        <source>Starts that came to nothing</source>
        <translation>Sonuçsuz kalan başlatmalar</translation>
    </message>
    <message>
        <source>Waiting after a picture</source>
        <translation>Resimden sonra beklemek</translation>
    </message>
    <message>
        <source>Keeping warm</source>
        <translation>Sıcak tutmak</translation>
    </message>
    <message>
        <source>Each model</source>
        <translation>Her model</translation>
    </message>
    <message>
        <source>All in a day</source>
        <translation>Bir günde tümü</translation>
    </message>
    <message>
        <source>All in a month</source>
        <translation>Bir ayda tümü</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Checking</source>
        <translation>Denetleniyor</translation>
    </message>
    <message>
        <source>Finding a GPU</source>
        <translation>GPU bulunuyor</translation>
    </message>
    <message>
        <source>Waiting for a free GPU</source>
        <translation>Boş GPU bekleniyor</translation>
    </message>
    <message>
        <source>Creating</source>
        <translation>Oluşturuluyor</translation>
    </message>
    <message>
        <source>Getting the model</source>
        <translation>Model alınıyor</translation>
    </message>
    <message>
        <source>Loading into the GPU</source>
        <translation>GPU&apos;ya yükleniyor</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Uykuda</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Hazır</translation>
    </message>
    <message>
        <source>Ready, notice failed</source>
        <translation>Hazır, bildirim iletilemedi</translation>
    </message>
    <message>
        <source>Paused by you</source>
        <translation>Siz duraklattınız</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Dikkat gerekiyor</translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>Siliniyor</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Silindi</translation>
    </message>
    <message>
        <source>demo model (shapes), standing in for %1</source>
        <translation>demo model (şekiller), %1 yerine</translation>
    </message>
    <message>
        <source>Always kept warm.</source>
        <translation>Hep sıcak tutuluyor.</translation>
    </message>
    <message>
        <source>Kept warm until %1.</source>
        <translation>%1 saatine kadar sıcak tutulacak.</translation>
    </message>
    <message>
        <source>Sleeps until %1, then it is kept warm.</source>
        <translation>Şu ana dek uyuyor: %1; sonra sıcak tutulacak.</translation>
    </message>
    <message>
        <source>Stopped by a limit</source>
        <translation>Bir sınır durdurdu</translation>
    </message>
    <message>
        <source>Asked to end its warm time; not confirmed yet, so it may still cost money.</source>
        <translation>Sıcak süresinin bitirilmesi istendi; henüz doğrulanmadı, bu yüzden hâlâ para harcıyor olabilir.</translation>
    </message>
    <message>
        <source>Asked for, not confirmed yet: it is not kept warm so far.</source>
        <translation>İstendi, henüz doğrulanmadı: şimdilik sıcak tutulmuyor.</translation>
    </message>
    <message>
        <source>Waits for your answer</source>
        <translation>Yanıtınızı bekliyor</translation>
    </message>
    <message>
        <source>Time left: no history yet</source>
        <translation>Kalan süre: henüz geçmiş yok</translation>
    </message>
    <message>
        <source>This takes longer than any start so far: %1.</source>
        <translation>Bu, şimdiye kadarki bütün başlatmalardan uzun sürüyor: %1.</translation>
    </message>
    <message>
        <source>This takes longer than expected: %1. Time left: %2</source>
        <translation>Bu, beklenenden uzun sürüyor: %1. Kalan süre: %2</translation>
    </message>
    <message>
        <source>Time left: %1</source>
        <translation>Kalan süre: %1</translation>
    </message>
    <message>
        <source>Time left: %1, a guess; no history yet</source>
        <translation>Kalan süre: %1, tahmin; henüz geçmiş yok</translation>
    </message>
    <message>
        <source>Pulling the image</source>
        <translation>Çalıştırma imajı indiriliyor</translation>
    </message>
    <message>
        <source>Parked by the provider</source>
        <translation>Sağlayıcı askıya aldı</translation>
    </message>
    <message>
        <source>demo model (shapes)</source>
        <translation>demo model (şekiller)</translation>
    </message>
    <message>
        <source>Got %1</source>
        <comment>of a model&apos;s download: 3.2 of 23.8 GB</comment>
        <translation>%1 alındı</translation>
    </message>
</context>
<context>
    <name>Tasks</name>
    <message>
        <source>Text to image</source>
        <translation>Metinden resim</translation>
    </message>
    <message>
        <source>Image to image</source>
        <translation>Resimden resim</translation>
    </message>
    <message>
        <source>Text to video</source>
        <translation>Metinden video</translation>
    </message>
    <message>
        <source>Image to video</source>
        <translation>Resimden video</translation>
    </message>
    <message>
        <source>Video to video</source>
        <translation>Videodan video</translation>
    </message>
</context>
<context>
    <name>visgate::ui::AccountCards</name>
    <message>
        <source>Add another Runpod account</source>
        <translation>Başka bir Runpod hesabı ekle</translation>
    </message>
    <message>
        <source>Of a client or a team, say: with its own key, its own credit and its own list.</source>
        <translation>Örneğin bir müşterinin ya da ekibin hesabı: kendi anahtarı, kendi bakiyesi ve kendi listesiyle.</translation>
    </message>
    <message>
        <source>What shall it be called?</source>
        <translation>Adı ne olsun?</translation>
    </message>
    <message>
        <source>Name of the new account</source>
        <translation>Yeni hesabın adı</translation>
    </message>
    <message>
        <source>Studio, for example</source>
        <translation>Örneğin Stüdyo</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ekle</translation>
    </message>
    <message>
        <source>Add the account</source>
        <translation>Hesabı ekle</translation>
    </message>
</context>
<context>
    <name>visgate::ui::AccountList</name>
    <message>
        <source>Practice</source>
        <translation>Alıştırma</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Bu bilgisayar</translation>
    </message>
    <message>
        <source>Removed account (%1)</source>
        <translation>Kaldırılmış hesap (%1)</translation>
    </message>
</context>
<context>
    <name>visgate::ui::AccountTools</name>
    <message>
        <source>Remove “%1” from Visgate?</source>
        <translation>“%1” Visgate&apos;ten kaldırılsın mı?</translation>
    </message>
    <message>
        <source>Its key is forgotten on this computer. The account itself stays at %1.</source>
        <translation>Anahtarı bu bilgisayarda unutulur. Hesabın kendisi sağlayıcıda (%1) kalır.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Kaldır</translation>
    </message>
    <message>
        <source>In “%1” there still is: %2.</source>
        <translation>“%1” hesabında hâlâ şunlar var: %2.</translation>
    </message>
    <message>
        <source>Delete its volumes first, on the page of the model cache: they cost money every month.</source>
        <translation>Önce ağ disklerini model önbelleği sayfasında silin: her ay para tutarlar.</translation>
    </message>
    <message>
        <source>It must be deleted first; without the account&apos;s key nobody here could stop it. Pictures that were made stay.</source>
        <translation>Önce silinmeleri gerekir; hesabın anahtarı olmadan buradan kimse durduramaz. Üretilmiş resimler kalır.</translation>
    </message>
    <message>
        <source>Delete it and remove the account</source>
        <translation>Sil ve hesabı kaldır</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n tane daha</numerusform>
        </translation>
    </message>
    <message>
        <source>Name. This is the account that is chosen first.</source>
        <translation>Ad. İlk seçilen hesap budur.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Ad</translation>
    </message>
    <message>
        <source>Name of the account %1</source>
        <translation>%1 hesabının adı</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Adını değiştir</translation>
    </message>
    <message>
        <source>Rename the account %1</source>
        <translation>%1 hesabının adını değiştir</translation>
    </message>
    <message>
        <source>Choose it first</source>
        <translation>İlk bunu seç</translation>
    </message>
    <message>
        <source>Choose the account %1 first</source>
        <translation>İlk %1 hesabını seç</translation>
    </message>
    <message>
        <source>It stands first wherever an account is chosen, and is meant where none is named.</source>
        <translation>Hesap seçilen her yerde ilk sırada durur; ad verilmeyen yerde bu kullanılır.</translation>
    </message>
    <message>
        <source>Remove account</source>
        <translation>Hesabı kaldır</translation>
    </message>
    <message>
        <source>Remove the account %1</source>
        <translation>%1 hesabını kaldır</translation>
    </message>
</context>
<context>
    <name>visgate::ui::CacheSheet</name>
    <message>
        <source>Model cache</source>
        <translation>Model önbelleği</translation>
    </message>
</context>
<context>
    <name>visgate::ui::CauseList</name>
    <message>
        <source>What it was spent on</source>
        <translation>Neye harcandı</translation>
    </message>
    <message>
        <source>Nothing was spent in this time.</source>
        <translation>Bu sürede bir şey harcanmadı.</translation>
    </message>
    <message>
        <source>Share of %1</source>
        <translation>%1 payı</translation>
    </message>
    <message>
        <source>Whether starting GPUs is billed is not known yet; it is counted as if it were.</source>
        <translation>GPU başlatmanın faturalanıp faturalanmadığı henüz bilinmiyor; faturalanıyormuş gibi sayılır.</translation>
    </message>
    <message>
        <source>%1 was billed; Visgate has not seen what for.</source>
        <translation>%1 faturalandı; Visgate ne için olduğunu görmedi.</translation>
    </message>
</context>
<context>
    <name>visgate::ui::ChartTable</name>
    <message>
        <source>Time</source>
        <translation>Zaman</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Değer</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Başlangıç</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bitiş</translation>
    </message>
</context>
<context>
    <name>visgate::ui::DeployPanel</name>
    <message>
        <source>a large red circle on a white background</source>
        <translation>beyaz zemin üzerinde büyük kırmızı bir daire</translation>
    </message>
    <message>
        <source>Automatic: the cheapest that fits</source>
        <translation>Otomatik: yeterli olan en ucuz GPU</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>Çalıştır</translation>
    </message>
    <message>
        <source>Checking and asking for the price …</source>
        <translation>Denetleniyor ve fiyat soruluyor …</translation>
    </message>
    <message>
        <source>Any of %1; at most %2.</source>
        <translation>Şunlardan biri: %1; en çok %2.</translation>
    </message>
    <message>
        <source>Deploy – first picture about %1</source>
        <translation>Çalıştır – ilk resim yaklaşık %1</translation>
    </message>
    <message>
        <source>Something above has to be put right first.</source>
        <translation>Önce yukarıda bir şeyin düzeltilmesi gerekiyor.</translation>
    </message>
    <message>
        <source>Play money only: nothing is charged.</source>
        <translation>Yalnızca oyun parası: hiçbir ücret alınmaz.</translation>
    </message>
    <message>
        <source>licence %1</source>
        <translation>lisans %1</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Nerede</translation>
    </message>
    <message>
        <source>Everything is real except the money and the model: a %1, draws.</source>
        <translation>Para ve model dışında her şey gerçek: çizen, %1.</translation>
    </message>
    <message>
        <source>What to draw first</source>
        <translation>Önce ne çizilsin</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>What it costs</source>
        <translation>Maliyet</translation>
    </message>
    <message>
        <source>Checked before anything is paid</source>
        <translation>Ücret ödenmeden önce denetlenenler</translation>
    </message>
    <message>
        <source>Deploys the model and draws the first picture</source>
        <translation>Modeli çalıştırır ve ilk resmi çizer</translation>
    </message>
    <message>
        <source>Raised limits: a picture may take up to %1, a start up to %2.</source>
        <translation>Yükseltilmiş sınırlar: bir resim en çok %1, bir başlangıç en çok %2 sürebilir.</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>sürüm %1</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 piksel</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n adım</numerusform>
        </translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>yönlendirme %1</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>tohum %1</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) at once</source>
        <translation>
            <numerusform>tek seferde %n resim</numerusform>
        </translation>
    </message>
    <message>
        <source>without “%1”</source>
        <translation>“%1” olmadan</translation>
    </message>
    <message>
        <source>Filled in from a recipe.</source>
        <translation>Bir tariften dolduruldu.</translation>
    </message>
    <message>
        <source>Filled in from the recipe “%1”.</source>
        <translation>“%1” tarifinden dolduruldu.</translation>
    </message>
    <message numerus="yes">
        <source>It keeps %n worker(s) running always, also while nobody draws.</source>
        <translation>
            <numerusform>Kimse çizmese de %n işçiyi sürekli çalışır tutar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Limits of the recipe: a picture may take up to %1, a start up to %2; at most %3 workers at the same time, and an idle one leaves after %4.</source>
        <translation>Tarifin sınırları: bir resim en çok %1, bir başlangıç en çok %2 sürebilir; aynı anda en çok %3 işçi, boşta kalan %4 sonra ayrılır.</translation>
    </message>
    <message>
        <source>Keep this model near …</source>
        <translation>Modeli GPU&apos;nun yanında sakla …</translation>
    </message>
    <message>
        <source>A copy in a volume at the GPUs makes cold starts shorter, for a price a month.</source>
        <translation>GPU&apos;ların yanındaki bir ağ diskinde duran kopya, aylık bir ücret karşılığında soğuk başlangıçları kısaltır.</translation>
    </message>
    <message>
        <source>Workers that run always cost this much also while nobody draws.</source>
        <translation>Hep çalışan işçiler, kimse çizmezken de bu kadar tutar.</translation>
    </message>
    <message>
        <source>I agree to %1 a month, day and night</source>
        <translation>Gece gündüz, ayda %1 ödemeyi kabul ediyorum</translation>
    </message>
    <message numerus="yes">
        <source>%n more thing(s) stand in the way, see above.</source>
        <translation>
            <numerusform>Yolda %n engel daha var, yukarıya bakın.</numerusform>
        </translation>
    </message>
    <message>
        <source>Say above what to draw first.</source>
        <translation>Önce yukarıya ne çizileceğini yazın.</translation>
    </message>
    <message>
        <source>The first try is stopped and deleted before this one begins.</source>
        <translation>Bu başlamadan önce ilk deneme durdurulup silinir.</translation>
    </message>
    <message>
        <source>On a GPU of your own %1 account.</source>
        <translation>Kendi %1 hesabınızdaki bir GPU&apos;da.</translation>
    </message>
    <message>
        <source>Charged by %1 to your account while a GPU works.</source>
        <translation>Bir GPU çalıştığı sürece %1 hesabınızdan düşülür.</translation>
    </message>
    <message>
        <source>On this very computer: no account, nothing to pay. A small demo model draws simple shapes.</source>
        <translation>Tam bu bilgisayarda: hesap yok, ödenecek bir şey yok. Küçük bir demo modeli basit şekiller çizer.</translation>
    </message>
    <message>
        <source>On this very computer: no account, nothing to pay.</source>
        <translation>Tam bu bilgisayarda: hesap yok, ödenecek bir şey yok.</translation>
    </message>
    <message>
        <source>Deploy on this computer</source>
        <translation>Bu bilgisayarda çalıştır</translation>
    </message>
    <message>
        <source>Nothing is charged; it uses your electricity while it draws.</source>
        <translation>Ücret alınmaz; çizerken elektriğinizi kullanır.</translation>
    </message>
    <message>
        <source>about %1 of GPU memory (%2)</source>
        <comment>how much, where the figure comes from</comment>
        <translation>yaklaşık %1 GPU belleği (%2)</translation>
    </message>
    <message>
        <source>On a GPU of your %1 account “%2”.</source>
        <translation>%1 hesabınız “%2” üzerindeki bir GPU&apos;da.</translation>
    </message>
</context>
<context>
    <name>visgate::ui::DeploymentCard</name>
    <message>
        <source>Costs now</source>
        <translation>Şu anki maliyet</translation>
    </message>
    <message>
        <source>no GPU yet</source>
        <translation>henüz GPU yok</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>İzle</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Dene</translation>
    </message>
    <message>
        <source>Watch %1 start</source>
        <translation>%1 başlarken izle</translation>
    </message>
    <message>
        <source>Try %1</source>
        <translation>%1 modelini dene</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Devam ettir</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Duraklat</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>%1 modelini sürdür</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>%1 modelini duraklat</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Kaldır</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 modelini kaldır</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Kaldırıldı</translation>
    </message>
    <message>
        <source>Its endpoint sleeps until %1 and is deleted then.</source>
        <translation>Uç noktası %1 tarihine dek uyur, sonra silinir.</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Geri getir</translation>
    </message>
    <message>
        <source>Bring %1 back</source>
        <translation>%1 geri gelsin</translation>
    </message>
    <message>
        <source>Delete now</source>
        <translation>Şimdi sil</translation>
    </message>
    <message>
        <source>Delete %1 now</source>
        <translation>%1 şimdi silinsin</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Ayrıntılar</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>%1 hakkında diğer</translation>
    </message>
    <message>
        <source>Keep warm</source>
        <translation>Sıcak tut</translation>
    </message>
    <message>
        <source>Keep %1 warm</source>
        <translation>%1 sıcak tutulsun</translation>
    </message>
    <message>
        <source>So far</source>
        <translation>Şimdiye dek</translation>
    </message>
    <message>
        <source>Estimate %1, billed %2</source>
        <translation>Tahmin %1, faturalanan %2</translation>
    </message>
    <message>
        <source>Estimate %1, not billed yet</source>
        <translation>Tahmin %1, henüz faturalanmadı</translation>
    </message>
    <message>
        <source>Nobody charges for this computer.</source>
        <translation>Bu bilgisayar için kimse ücret almaz.</translation>
    </message>
    <message>
        <source>no account</source>
        <translation>hesap yok</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Resimler</translation>
    </message>
    <message>
        <source>Pictures of %1</source>
        <translation>%1 resimleri</translation>
    </message>
</context>
<context>
    <name>visgate::ui::DeploymentChoice</name>
    <message>
        <source>%1 (removed)</source>
        <translation>%1 (kaldırıldı)</translation>
    </message>
    <message>
        <source>All deployments</source>
        <translation>Bütün kurulumlar</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>Kurulum</translation>
    </message>
</context>
<context>
    <name>visgate::ui::EmptyHome</name>
    <message>
        <source>Make pictures on your own GPU</source>
        <translation>Kendi GPU&apos;nuzda resim yapın</translation>
    </message>
    <message>
        <source>Visgate puts image models to work on a GPU that you rent by the second. You see the price before anything starts.</source>
        <translation>Visgate, resim modellerini saniyelik ücretle kiraladığınız bir GPU&apos;da çalıştırır. Hiçbir şey başlamadan fiyatı görürsünüz.</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>Alıştırma yap</translation>
    </message>
    <message>
        <source>Try the whole way to a picture with play money. No account, no key, nothing to pay.</source>
        <translation>Resme kadar bütün yolu oyun parasıyla deneyin. Hesap yok, anahtar yok, ödeyecek bir şey yok.</translation>
    </message>
    <message>
        <source>Connect Runpod</source>
        <translation>Runpod&apos;a bağlan</translation>
    </message>
    <message>
        <source>Use your own Runpod account. You need a key; each step is explained.</source>
        <translation>Kendi Runpod hesabınızı kullanın. Bir anahtar gerekir; her adım anlatılır.</translation>
    </message>
    <message>
        <source>Keys stay in the keychain of this computer. Visgate has no account and reports to nobody.</source>
        <translation>Anahtarlar bu bilgisayarın anahtarlığında kalır. Visgate&apos;in hesabı yoktur ve kimseye bilgi göndermez.</translation>
    </message>
    <message>
        <source>Try it on this computer</source>
        <translation>Bu bilgisayarda deneyin</translation>
    </message>
    <message>
        <source>A small demo model draws simple shapes right here. No account, and nothing to pay but electricity.</source>
        <translation>Küçük bir demo modeli hemen burada basit şekiller çizer. Hesap gerekmez, elektrikten başka ödenecek bir şey yoktur.</translation>
    </message>
    <message>
        <source>Try it here</source>
        <translation>Burada deneyin</translation>
    </message>
</context>
<context>
    <name>visgate::ui::EndpointSheet</name>
    <message>
        <source>What happened so far: Monitor</source>
        <translation>Şimdiye kadar olanlar: İzleme</translation>
    </message>
</context>
<context>
    <name>visgate::ui::HomePage</name>
    <message>
        <source>Home</source>
        <translation>Ana sayfa</translation>
    </message>
    <message>
        <source>New picture model</source>
        <translation>Yeni resim modeli</translation>
    </message>
    <message>
        <source>%1 is being removed.</source>
        <translation>%1 kaldırılıyor.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Geri al</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>Its GPU is given back in ten seconds. For a day it can be brought back; logs and pictures stay.</source>
        <translation>GPU on saniye içinde geri verilir. Bir gün boyunca geri getirilebilir; günlükler ve resimler kalır.</translation>
    </message>
    <message>
        <source>%1 is not deployed yet: %2</source>
        <translation>%1 henüz kurulmadı: %2</translation>
    </message>
    <message>
        <source>Back to it</source>
        <translation>Geri dön</translation>
    </message>
</context>
<context>
    <name>visgate::ui::KeepNearForm</name>
    <message>
        <source>Enter the key</source>
        <translation>Anahtarı gir</translation>
    </message>
    <message>
        <source>Keep a model near</source>
        <translation>Modeli GPU&apos;nun yanında sakla</translation>
    </message>
    <message>
        <source>A copy in a volume at the GPUs spares every cold start the download. All of it passes this computer once.</source>
        <translation>GPU&apos;ların yanındaki bir ağ diskinde duran kopya, her soğuk başlangıçta indirmeyi gereksiz kılar. Tamamı bir kez bu bilgisayardan geçer.</translation>
    </message>
    <message>
        <source>Model to keep near</source>
        <translation>Yakında tutulacak model</translation>
    </message>
    <message>
        <source>This model is kept near already.</source>
        <translation>Bu model zaten GPU&apos;nun yanında saklanıyor.</translation>
    </message>
    <message>
        <source>This model is being copied.</source>
        <translation>Bu model kopyalanıyor.</translation>
    </message>
    <message>
        <source>A volume of %1, where the model runs: %2 a month until you delete it, used or not.</source>
        <translation>Modelin çalıştığı yerde %1 boyutunda bir ağ diski: siz silene kadar, kullanılsa da kullanılmasa da ayda %2.</translation>
    </message>
    <message>
        <source>Its size is asked for first; a volume costs %1 a GB and month until you delete it.</source>
        <translation>Önce boyutu sorulur; bir ağ diski, siz silene kadar GB başına ayda %1 tutar.</translation>
    </message>
    <message>
        <source>Keep near – %1 a month</source>
        <translation>Yakında tut – ayda %1</translation>
    </message>
    <message>
        <source>Keep near</source>
        <translation>Yakında tut</translation>
    </message>
</context>
<context>
    <name>visgate::ui::KeyCard</name>
    <message>
        <source>The key was accepted and stored.</source>
        <translation>Anahtar kabul edildi ve saklandı.</translation>
    </message>
    <message>
        <source>The key works.</source>
        <translation>Anahtar çalışıyor.</translation>
    </message>
    <message>
        <source>The key was forgotten on this computer.</source>
        <translation>Anahtar bu bilgisayarda unutuldu.</translation>
    </message>
    <message>
        <source>Runpod key</source>
        <translation>Runpod anahtarı</translation>
    </message>
    <message>
        <source>Hugging Face token</source>
        <translation>Hugging Face erişim anahtarı (token)</translation>
    </message>
    <message>
        <source>Visgate uses it to rent GPUs on your account. It never leaves this computer except to Runpod, and no GPU machine ever sees it.</source>
        <translation>Visgate onunla hesabınızda GPU kiralar. Runpod dışında bu bilgisayardan çıkmaz ve hiçbir GPU makinesi onu görmez.</translation>
    </message>
    <message>
        <source>Only needed for models whose licence must be accepted first.</source>
        <translation>Yalnızca lisansı önceden kabul edilmesi gereken modeller için gerekir.</translation>
    </message>
    <message>
        <source>1.  Sign in at Runpod and add some credit.
2.  On the key page choose “Create API key”, give it a name and the right to read and write Serverless.
3.  Copy the key and paste it here.</source>
        <translation>1.  Runpod&apos;da oturum açın ve biraz kredi ekleyin.
2.  Anahtar sayfasında “Create API key” seçin, bir ad ve Serverless için okuma ve yazma hakkı verin.
3.  Anahtarı kopyalayıp buraya yapıştırın.</translation>
    </message>
    <message>
        <source>1.  Sign in at Hugging Face and open the token page.
2.  Create a token of the kind “Read”.
3.  Copy it and paste it here.</source>
        <translation>1.  Hugging Face&apos;te oturum açın ve erişim anahtarı (token) sayfasını açın.
2.  “Read” türünde bir erişim anahtarı (token) oluşturun.
3.  Kopyalayıp buraya yapıştırın.</translation>
    </message>
    <message>
        <source>Open Runpod&apos;s key page</source>
        <translation>Runpod anahtar sayfasını aç</translation>
    </message>
    <message>
        <source>Open the token page</source>
        <translation>Erişim anahtarı (token) sayfasını aç</translation>
    </message>
    <message>
        <source>Paste another key to replace it</source>
        <translation>Değiştirmek için başka bir anahtar yapıştırın</translation>
    </message>
    <message>
        <source>Paste the key here</source>
        <translation>Anahtarı buraya yapıştırın</translation>
    </message>
    <message>
        <source>Check and store</source>
        <translation>Denetle ve sakla</translation>
    </message>
    <message>
        <source>Check and store the Runpod key</source>
        <translation>Runpod anahtarını denetle ve sakla</translation>
    </message>
    <message>
        <source>Check and store the token</source>
        <translation>Erişim anahtarını (token) denetle ve sakla</translation>
    </message>
    <message>
        <source>Only for this session</source>
        <translation>Yalnızca bu oturum için</translation>
    </message>
    <message>
        <source>The key is forgotten when Visgate is closed.</source>
        <translation>Visgate kapanınca anahtar unutulur.</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Denetle</translation>
    </message>
    <message>
        <source>Check the Runpod key</source>
        <translation>Runpod anahtarını denetle</translation>
    </message>
    <message>
        <source>Check the token</source>
        <translation>Erişim anahtarını (token) denetle</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Unut</translation>
    </message>
    <message>
        <source>Forget the Runpod key</source>
        <translation>Runpod anahtarını unut</translation>
    </message>
    <message>
        <source>Forget the token</source>
        <translation>Erişim anahtarını (token) unut</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Anahtar yok</translation>
    </message>
    <message>
        <source>It will be kept in the keychain of this computer, never in a file. For this session only: it stays in memory and is gone when Visgate closes.</source>
        <translation>Bu bilgisayarın anahtarlığında tutulur, asla bir dosyada değil. Yalnızca bu oturum için: bellekte kalır ve Visgate kapanınca gider.</translation>
    </message>
    <message>
        <source>This session only</source>
        <translation>Yalnızca bu oturum</translation>
    </message>
    <message>
        <source>Kept in memory and gone when Visgate closes.</source>
        <translation>Bellekte tutulur ve Visgate kapanınca gider.</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Saklandı</translation>
    </message>
    <message>
        <source>Kept in: %1.</source>
        <translation>Saklandığı yer: %1.</translation>
    </message>
    <message>
        <source>%1 or the keychain</source>
        <translation>%1 ya da anahtarlık</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Okunamadı</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Model seç</translation>
    </message>
    <message>
        <source>Runpod account: %1</source>
        <translation>Runpod hesabı: %1</translation>
    </message>
    <message>
        <source>Runpod key of %1</source>
        <translation>%1 hesabının Runpod anahtarı</translation>
    </message>
    <message>
        <source>Check and store the Runpod key of %1</source>
        <translation>%1 hesabının Runpod anahtarını denetle ve sakla</translation>
    </message>
    <message>
        <source>Check the Runpod key of %1</source>
        <translation>%1 hesabının Runpod anahtarını denetle</translation>
    </message>
    <message>
        <source>Forget the Runpod key of %1</source>
        <translation>%1 hesabının Runpod anahtarını unut</translation>
    </message>
</context>
<context>
    <name>visgate::ui::LimitsCard</name>
    <message>
        <source>Limits</source>
        <translation>Sınırlar</translation>
    </message>
    <message>
        <source>At the first mark you are told; at the second, what it covers is stopped. They hold while Visgate runs, also in the background; the limits on each endpoint hold always.</source>
        <translation>İlk eşikte size haber verilir; ikincisinde kapsadığı her şey durdurulur. Visgate çalıştıkça, arka planda da geçerlidirler; her uç noktanın kendi sınırları her zaman geçerlidir.</translation>
    </message>
    <message>
        <source>Tell me at</source>
        <translation>Uyarı sınırı</translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation>Durdurma sınırı</translation>
    </message>
    <message>
        <source>%1: tell me at</source>
        <translation>%1: haber verme eşiği</translation>
    </message>
    <message>
        <source>%1: stop at</source>
        <translation>%1: durdurma eşiği</translation>
    </message>
    <message>
        <source>no mark</source>
        <translation>eşik yok</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Ayarla</translation>
    </message>
    <message>
        <source>%1: set</source>
        <translation>%1: ayarla</translation>
    </message>
    <message>
        <source>Reached: %1. What it covers is stopped.</source>
        <translation>Aşıldı: %1. Kapsadığı her şey durduruldu.</translation>
    </message>
    <message>
        <source>First mark passed: %1.</source>
        <translation>İlk eşik aşıldı: %1.</translation>
    </message>
    <message>
        <source>The dearest so far: %1</source>
        <translation>Şimdiye dek en pahalısı: %1</translation>
    </message>
    <message>
        <source>So far: %1</source>
        <translation>Şimdiye dek: %1</translation>
    </message>
</context>
<context>
    <name>visgate::ui::LogFilterBar</name>
    <message>
        <source>All workers</source>
        <translation>Bütün GPU&apos;lar</translation>
    </message>
    <message>
        <source>Visgate itself</source>
        <translation>Visgate&apos;in kendisi</translation>
    </message>
    <message>
        <source>All stages</source>
        <translation>Bütün aşamalar</translation>
    </message>
    <message>
        <source>All lines</source>
        <translation>Bütün satırlar</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Uyarılar ve hatalar</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Hatalar</translation>
    </message>
    <message>
        <source>Which levels are shown</source>
        <translation>Hangi düzeylerin gösterildiği</translation>
    </message>
    <message>
        <source>Which workers are shown</source>
        <translation>Hangi GPU&apos;ların gösterildiği</translation>
    </message>
    <message>
        <source>Which stages are shown</source>
        <translation>Hangi aşamaların gösterildiği</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filtreleri temizle</translation>
    </message>
</context>
<context>
    <name>visgate::ui::LogFindBar</name>
    <message>
        <source>Looking …</source>
        <translation>Aranıyor …</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Bulunamadı</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n satır</numerusform>
        </translation>
    </message>
    <message>
        <source>in the part of the log that is loaded</source>
        <translation>(günlüğün yüklü olan bölümünde)</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>Günlükte bul</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Önceki</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Önceki eşleşme</translation>
    </message>
    <message>
        <source>Previous match (%1)</source>
        <translation>Önceki eşleşme (%1)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Sonraki</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Sonraki eşleşme</translation>
    </message>
    <message>
        <source>Next match (%1)</source>
        <translation>Sonraki eşleşme (%1)</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Aramayı kapat</translation>
    </message>
</context>
<context>
    <name>visgate::ui::LogItems</name>
    <message>
        <source>Error</source>
        <translation>Hata</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Uyarı</translation>
    </message>
</context>
<context>
    <name>visgate::ui::LogPanel</name>
    <message>
        <source>Log</source>
        <translation>Günlük</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>İzle</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopyala</translation>
    </message>
    <message>
        <source>Copy the log</source>
        <translation>Günlüğü kopyala</translation>
    </message>
    <message>
        <source>Log lines</source>
        <translation>Günlük satırları</translation>
    </message>
    <message>
        <source>No line of that moment matches the filter.</source>
        <translation>O andaki hiçbir satır filtreye uymuyor.</translation>
    </message>
    <message>
        <source>There is no line of that moment.</source>
        <translation>O ana ait bir satır yok.</translation>
    </message>
    <message>
        <source>No log yet. Lines appear here as soon as something happens.</source>
        <translation>Henüz günlük yok. Bir şey olur olmaz satırlar burada görünür.</translation>
    </message>
    <message>
        <source>Reading the log …</source>
        <translation>Günlük okunuyor …</translation>
    </message>
    <message>
        <source>The log cannot be read. %1</source>
        <translation>Günlük okunamıyor. %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>No line matches the filter.</source>
        <translation>Filtreye uyan satır yok.</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filtreleri temizle</translation>
    </message>
    <message numerus="yes">
        <source>%n new line(s)</source>
        <translation>
            <numerusform>%n yeni satır</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to the newest line</source>
        <translation>En yeni satıra git</translation>
    </message>
    <message>
        <source>There is nothing to copy yet.</source>
        <translation>Henüz kopyalanacak bir şey yok.</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) copied.</source>
        <translation>
            <numerusform>%n satır kopyalandı.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a line first: it is copied with the lines around it.</source>
        <translation>Önce bir satır seçin; çevresindeki satırlarla birlikte kopyalanır.</translation>
    </message>
    <message>
        <source>Copied with the lines around it.</source>
        <translation>Çevresindeki satırlarla birlikte kopyalandı.</translation>
    </message>
    <message>
        <source>The log of %1 cannot be read. %2</source>
        <translation>%1 günlüğü okunamıyor. %2</translation>
    </message>
    <message>
        <source>Stay with the newest line</source>
        <translation>Hep en yeni satırda kal</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>Günlükte bul</translation>
    </message>
    <message>
        <source>Find (%1)</source>
        <translation>Bul (%1)</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrele</translation>
    </message>
    <message>
        <source>Show the filters of the log</source>
        <translation>Günlüğün filtrelerini göster</translation>
    </message>
    <message>
        <source>The chosen lines, or all that are shown</source>
        <translation>Seçili satırlar; seçim yoksa görünenlerin tümü</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Günlüğü kaydet</translation>
    </message>
    <message>
        <source>Save the whole log as a file</source>
        <translation>Günlüğün tamamını dosyaya kaydet</translation>
    </message>
    <message>
        <source>The chosen line as a whole</source>
        <translation>Seçili satırın tamamı</translation>
    </message>
    <message>
        <source>Copy with the lines around it</source>
        <translation>Çevresindeki satırlarla birlikte kopyala</translation>
    </message>
    <message>
        <source>Find …</source>
        <translation>Bul …</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Sonraki eşleşme</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Önceki eşleşme</translation>
    </message>
    <message>
        <source>Save as …</source>
        <translation>Farklı kaydet …</translation>
    </message>
</context>
<context>
    <name>visgate::ui::LogSaveBar</name>
    <message>
        <source>Log of several deployments</source>
        <translation>Birkaç kurulumun günlüğü</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Günlüğü kaydet</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) saved as %1</source>
        <translation>
            <numerusform>%n satır kaydedildi: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The log was not saved. %1</source>
        <translation>Günlük kaydedilmedi. %1</translation>
    </message>
    <message>
        <source>The log was not saved: you stopped it.</source>
        <translation>Günlük kaydedilmedi: siz durdurdunuz.</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>Kaydediliyor …</translation>
    </message>
    <message>
        <source>How much of the log is saved</source>
        <translation>Günlüğün ne kadarının kaydedildiği</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Vazgeç</translation>
    </message>
    <message>
        <source>Stop saving the log</source>
        <translation>Günlüğü kaydetmeyi durdur</translation>
    </message>
</context>
<context>
    <name>visgate::ui::LongWait</name>
    <message>
        <source>Waiting for an answer of %1 …</source>
        <translation>%1 yanıtı bekleniyor …</translation>
    </message>
</context>
<context>
    <name>visgate::ui::LookCard</name>
    <message>
        <source>Language, look and practice</source>
        <translation>Dil, görünüm ve alıştırma</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Dil</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Sistemle aynı</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Görünüm</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Açık</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Koyu</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Yüksek karşıtlık</translation>
    </message>
    <message>
        <source>Clock of practice</source>
        <translation>Alıştırma hızı</translation>
    </message>
    <message>
        <source>Real time</source>
        <translation>Gerçek zaman</translation>
    </message>
    <message>
        <source>%1 times faster</source>
        <translation>%1 kat hızlı</translation>
    </message>
    <message>
        <source>Waiting for a machine and for the model takes minutes in reality; practice can hurry.</source>
        <translation>Bir makineyi ve modeli beklemek gerçekte dakikalar sürer; alıştırma acele edebilir.</translation>
    </message>
</context>
<context>
    <name>visgate::ui::MeasuredTimes</name>
    <message>
        <source>a GPU that was not named</source>
        <translation>adı verilmeyen bir GPU</translation>
    </message>
    <message numerus="yes">
        <source>Measured here: %n picture(s).</source>
        <translation>
            <numerusform>Burada ölçüldü: %n resim.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 on %2: first picture after %3, then %4 each.</source>
        <translation>%2 üzerinde %1: ilk resim %3 sonra, ardından her biri %4.</translation>
    </message>
    <message>
        <source>%1 on %2: first picture after %3.</source>
        <translation>%2 üzerinde %1: ilk resim %3 sonra.</translation>
    </message>
    <message>
        <source>%1 on %2: %3 a picture, once it runs.</source>
        <translation>%2 üzerinde %1: çalışınca resim başına %3.</translation>
    </message>
</context>
<context>
    <name>visgate::ui::ModelCardDelegate</name>
    <message>
        <source>Licence page first</source>
        <translation>Lisans onayı gerekli</translation>
    </message>
    <message>
        <source>%1 GPU</source>
        <translation>%1 GPU</translation>
    </message>
</context>
<context>
    <name>visgate::ui::ModelsPage</name>
    <message>
        <source>Hugging Face could not be searched; these are the models known here.</source>
        <translation>Hugging Face&apos;te aranamadı; bunlar burada bilinen modeller.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modeller</translation>
    </message>
    <message>
        <source>Choose a model to see what it needs and costs.</source>
        <translation>Neye gerek duyduğunu ve ne tuttuğunu görmek için bir model seçin.</translation>
    </message>
    <message>
        <source>Name, or a Hugging Face link</source>
        <translation>Ad ya da Hugging Face bağlantısı</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>Model ara</translation>
    </message>
    <message>
        <source>No model here matches.</source>
        <translation>Burada uyan bir model yok.</translation>
    </message>
    <message>
        <source>Open a recipe</source>
        <translation>Tarif aç</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>Tarifler</translation>
    </message>
    <message>
        <source>Open a recipe …</source>
        <translation>Tarif aç …</translation>
    </message>
</context>
<context>
    <name>visgate::ui::MoneyFigures</name>
    <message>
        <source>%1, today %2</source>
        <translation>%1, bugün %2</translation>
    </message>
    <message>
        <source>Real money: %1</source>
        <translation>Gerçek para: %1</translation>
    </message>
    <message>
        <source>Play money: %1</source>
        <translation>Oyun parası: %1</translation>
    </message>
</context>
<context>
    <name>visgate::ui::MonitorPage</name>
    <message>
        <source>Try again</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>Nothing ran in this time</source>
        <translation>Bu sürede hiçbir şey çalışmadı</translation>
    </message>
    <message>
        <source>Nothing has run yet</source>
        <translation>Henüz hiçbir şey çalışmadı</translation>
    </message>
    <message>
        <source>Choose a longer time above, or start a model.</source>
        <translation>Yukarıdan daha uzun bir süre seçin ya da bir model başlatın.</translation>
    </message>
    <message>
        <source>What your models do, on which GPUs and for how much, is shown here from the first start on.</source>
        <translation>Modellerinizin ne yaptığı, hangi GPU&apos;larda ve kaça çalıştığı ilk başlatmadan itibaren burada görünür.</translation>
    </message>
    <message>
        <source>The table was copied.</source>
        <translation>Tablo kopyalandı.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>Save the figures</source>
        <translation>Değerleri kaydet</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Resmi kaydet</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>%1 olarak kaydedildi</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>%1 yazılamıyor.</translation>
    </message>
    <message>
        <source>Choose another folder, or make room on the disk.</source>
        <translation>Başka bir klasör seçin ya da diskte yer açın.</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>İzleme</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zaman</translation>
    </message>
    <message>
        <source>Live (15 minutes)</source>
        <translation>Canlı (15 dakika)</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 saat</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 saat</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 gün</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 gün</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>Tablo olarak</translation>
    </message>
    <message>
        <source>The figures of each chart in rows, to read and to copy</source>
        <translation>Her grafiğin değerleri satır satır; okumak ve kopyalamak için</translation>
    </message>
    <message>
        <source>Save figures</source>
        <translation>Değerleri kaydet</translation>
    </message>
    <message>
        <source>As a CSV file, for a spreadsheet</source>
        <translation>CSV dosyası olarak, elektronik tablolar için</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Resmi kaydet</translation>
    </message>
    <message>
        <source>As a PNG file</source>
        <translation>PNG dosyası olarak</translation>
    </message>
    <message>
        <source>Whole time</source>
        <translation>Bütün süre</translation>
    </message>
    <message>
        <source>Back from what was zoomed into</source>
        <translation>Yakınlaştırılan bölümden geri döner</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Model seç</translation>
    </message>
</context>
<context>
    <name>visgate::ui::OtherEndpoints</name>
    <message>
        <source>made by another Visgate</source>
        <translation>başka bir Visgate yaptı</translation>
    </message>
    <message>
        <source>not made by Visgate</source>
        <translation>Visgate yapmadı</translation>
    </message>
    <message numerus="yes">
        <source>up to %n worker(s)</source>
        <translation>
            <numerusform>en çok %n işçi</numerusform>
        </translation>
    </message>
    <message>
        <source>Costs money day and night</source>
        <translation>Gece gündüz para harcar</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Duraklatıldı</translation>
    </message>
    <message>
        <source>Costs when it is used</source>
        <translation>Kullanıldıkça harcar</translation>
    </message>
    <message>
        <source>Not ours</source>
        <translation>Bizim değil</translation>
    </message>
    <message>
        <source>Other endpoints of your accounts. Visgate never changes them; what they cost is on the same bill.</source>
        <translation>Hesaplarınızdaki başka uç noktalar. Visgate onlara hiç dokunmaz; harcadıkları aynı faturadadır.</translation>
    </message>
    <message>
        <source>Costs %1 day and night</source>
        <translation>Gece gündüz %1 tutuyor</translation>
    </message>
</context>
<context>
    <name>visgate::ui::PictureEngineCard</name>
    <message>
        <source>Fetches %1 and takes %2 of the disk; %3 are free. Nothing else on this computer changes.</source>
        <translation>%1 indirir ve diskte %2 yer kaplar; %3 boş. Bu bilgisayarda başka hiçbir şey değişmez.</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 / %2: %3</translation>
    </message>
    <message>
        <source>%1 of %2 are there; it goes on from there.</source>
        <translation>%1 / %2 hazır; oradan sürer.</translation>
    </message>
    <message>
        <source>%1. It draws on the processor: minutes a picture, not seconds.</source>
        <translation>%1. İşlemcide çizer: resim başına saniyeler değil, dakikalar.</translation>
    </message>
    <message>
        <source>%1. It draws on %2.</source>
        <translation>%1. Çizen: %2.</translation>
    </message>
    <message>
        <source>Being removed…</source>
        <translation>Kaldırılıyor…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Devam ettir</translation>
    </message>
    <message>
        <source>Install the picture engine</source>
        <translation>Resim motorunu kur</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Duraklat</translation>
    </message>
    <message>
        <source>Really remove it</source>
        <translation>Gerçekten kaldır</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Kaldır</translation>
    </message>
    <message>
        <source>Picture engine</source>
        <translation>Resim motoru</translation>
    </message>
    <message>
        <source>Draws real models on this computer, without any account: PyTorch and diffusers, in a folder of their own.</source>
        <translation>Gerçek modelleri hiçbir hesap olmadan bu bilgisayarda çizer: kendi klasöründe PyTorch ve diffusers.</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Kurulu</translation>
    </message>
    <message>
        <source>Being installed</source>
        <translation>Kuruluyor</translation>
    </message>
    <message>
        <source>Not installed</source>
        <translation>Kurulu değil</translation>
    </message>
    <message>
        <source>Checking that it works…</source>
        <translation>Çalıştığı denetleniyor…</translation>
    </message>
</context>
<context>
    <name>visgate::ui::PictureForm</name>
    <message>
        <source>Left to the model until you change it.</source>
        <translation>Siz değiştirmedikçe modele bırakılır.</translation>
    </message>
    <message>
        <source>The model&apos;s own is %1.</source>
        <translation>Modelin kendi değeri: %1.</translation>
    </message>
    <message>
        <source>The model&apos;s own (%1)</source>
        <translation>Modelin kendi değeri (%1)</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Adım sayısı</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Yönlendirme</translation>
    </message>
    <message>
        <source>Say what to draw first.</source>
        <translation>Önce ne çizileceğini yazın.</translation>
    </message>
    <message>
        <source>What is marked in red cannot be drawn.</source>
        <translation>Kırmızıyla işaretli olan çizilemez.</translation>
    </message>
    <message>
        <source>Draw another</source>
        <translation>Yeni resim çiz</translation>
    </message>
    <message>
        <source>Draw %1 pictures</source>
        <translation>%1 resim çiz</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <comment>a sum of money for several pictures</comment>
        <translation>toplam %1</translation>
    </message>
    <message>
        <source>What to draw</source>
        <translation>Ne çizilsin</translation>
    </message>
    <message>
        <source>Number of pictures</source>
        <translation>Resim sayısı</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Diğer ayarlar</translation>
    </message>
    <message>
        <source>What not to draw</source>
        <translation>Ne çizilmesin</translation>
    </message>
    <message>
        <source>Your own size, in pixels</source>
        <translation>Kendi boyutunuz, piksel</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Genişlik, piksel</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Yükseklik, piksel</translation>
    </message>
    <message>
        <source>Leave all of it to the model</source>
        <translation>Hepsini modele bırak</translation>
    </message>
</context>
<context>
    <name>visgate::ui::PictureItems</name>
    <message>
        <source>Seed %1</source>
        <translation>Tohum %1</translation>
    </message>
    <message>
        <source>Picture whose file was deleted: %1</source>
        <translation>Dosyası silinmiş resim: %1</translation>
    </message>
    <message>
        <source>Picture: %1</source>
        <translation>Resim: %1</translation>
    </message>
</context>
<context>
    <name>visgate::ui::PictureStrip</name>
    <message>
        <source>All pictures, newest first</source>
        <translation>Bütün resimler, en yenisi başta</translation>
    </message>
</context>
<context>
    <name>visgate::ui::PriceTable</name>
    <message>
        <source>First picture, about</source>
        <translation>İlk resim, yaklaşık</translation>
    </message>
    <message>
        <source>Each further picture, about</source>
        <translation>Sonraki her resim, yaklaşık</translation>
    </message>
    <message>
        <source>While nobody draws, a day</source>
        <translation>Kimse çizmezken, günde</translation>
    </message>
    <message>
        <source>At worst, if nobody looks</source>
        <translation>Kimse ilgilenmezse en fazla</translation>
    </message>
    <message>
        <source>Time to the first picture</source>
        <translation>İlk resme kadar geçen süre</translation>
    </message>
    <message>
        <source>The limits on the endpoint itself stop it by then, even if this computer is off.</source>
        <translation>Uç noktanın kendi sınırları, bu bilgisayar kapalı olsa bile onu o zamana kadar durdurur.</translation>
    </message>
    <message>
        <source>Asking for prices …</source>
        <translation>Fiyatlar soruluyor …</translation>
    </message>
    <message>
        <source>Estimates from live prices.</source>
        <translation>Güncel fiyatlardan tahmin.</translation>
    </message>
    <message>
        <source>Estimates from prices of %1.</source>
        <translation>%1 tarihli fiyatlardan tahmin.</translation>
    </message>
    <message>
        <source>The time is a guess: there is no history yet.</source>
        <translation>Süre bir tahmindir: henüz geçmiş yok.</translation>
    </message>
    <message numerus="yes">
        <source>At worst, %n day(s) without a picture; then it stops</source>
        <translation>
            <numerusform>En kötüsü, %n gün resimsiz; sonra durur</numerusform>
        </translation>
    </message>
    <message>
        <source>The provider stops an endpoint that nobody has used for so long; one that is used costs on.</source>
        <translation>Sağlayıcı, bu kadar süre kimsenin kullanmadığı uç noktayı durdurur; kullanılan ise para harcamaya devam eder.</translation>
    </message>
    <message>
        <source>Nobody charges for this computer.</source>
        <translation>Bu bilgisayar için kimse ücret almaz.</translation>
    </message>
    <message>
        <source>Each picture</source>
        <translation>Her resim</translation>
    </message>
</context>
<context>
    <name>visgate::ui::Provenance</name>
    <message>
        <source>Prompt</source>
        <translation>İstem</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Tohum (seed)</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Boyut</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Drawn in</source>
        <translation>Çizim süresi</translation>
    </message>
    <message>
        <source>Cost, about</source>
        <translation>Maliyet, yaklaşık</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>Drawn with</source>
        <translation>Çizen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Adım</translation>
    </message>
    <message>
        <source>%1, revision %2</source>
        <translation>%1, sürüm %2</translation>
    </message>
    <message>
        <source>the built-in demo model</source>
        <translation>yerleşik demo model</translation>
    </message>
    <message>
        <source>Use these settings again</source>
        <translation>Bu ayarları yeniden kullan</translation>
    </message>
    <message>
        <source>Use this seed</source>
        <translation>Bu tohumu kullan</translation>
    </message>
    <message>
        <source>Not to draw</source>
        <translation>Çizilmesin</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Yönlendirme</translation>
    </message>
    <message>
        <source>Drawn on</source>
        <translation>Çizim zamanı</translation>
    </message>
    <message>
        <source>%1 for %2 pictures together</source>
        <translation>%2 resim için toplam %1</translation>
    </message>
</context>
<context>
    <name>visgate::ui::QuitSheet</name>
    <message>
        <source>Something still costs money</source>
        <translation>Bir şey hâlâ para harcıyor</translation>
    </message>
    <message>
        <source>Leave it running and it goes on without the window: the limits on each endpoint hold, and Visgate keeps watch in the background until nothing runs. Paused, it costs nothing and can be resumed at any time.</source>
        <translation>Çalışır bırakırsanız penceresiz sürer: her uç noktanın sınırları geçerlidir ve Visgate hiçbir şey çalışmayana dek arka planda gözetir. Duraklatılınca para harcamaz ve istediğiniz zaman sürdürülebilir.</translation>
    </message>
    <message>
        <source>Pausing …</source>
        <translation>Duraklatılıyor …</translation>
    </message>
    <message>
        <source>Pause all and quit</source>
        <translation>Hepsini duraklat ve çık</translation>
    </message>
    <message>
        <source>Leave it running and quit</source>
        <translation>Çalışır bırak ve çık</translation>
    </message>
    <message>
        <source>Do not quit</source>
        <translation>Vazgeç</translation>
    </message>
</context>
<context>
    <name>visgate::ui::Rail</name>
    <message>
        <source>Home</source>
        <translation>Ana sayfa</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modeller</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>Stüdyo</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ayarlar</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Bölümler</translation>
    </message>
    <message>
        <source>Spend</source>
        <translation>Harcama</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>İzleme</translation>
    </message>
</context>
<context>
    <name>visgate::ui::RecipeForm</name>
    <message>
        <source>Save as a recipe</source>
        <translation>Tarif olarak kaydet</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>%1 olarak kaydedildi</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Tarif</translation>
    </message>
    <message>
        <source>A file with this set-up for others to open: model, version, sizes, GPU, limits and prompts. Never a key, and nothing of your account.</source>
        <translation>Bu kurulumun, başkalarının açabileceği bir dosyası: model, sürüm, boyutlar, GPU, sınırlar ve istemler. İçinde asla anahtar ya da hesabınızdan bir şey yoktur.</translation>
    </message>
    <message>
        <source>Save as a recipe …</source>
        <translation>Tarif olarak kaydet …</translation>
    </message>
</context>
<context>
    <name>visgate::ui::ReleaseList</name>
    <message>
        <source>Version %1, in use</source>
        <translation>Sürüm %1, kullanımda</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Sürüm %1</translation>
    </message>
    <message>
        <source>The first one.</source>
        <translation>İlk sürüm.</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Geri getir</translation>
    </message>
    <message>
        <source>Bring version %1 back</source>
        <translation>Sürüm %1 geri gelsin</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Sürümler</translation>
    </message>
    <message>
        <source>No version is known yet.</source>
        <translation>Henüz bilinen bir sürüm yok.</translation>
    </message>
</context>
<context>
    <name>visgate::ui::SeedField</name>
    <message>
        <source>Seed</source>
        <translation>Tohum (seed)</translation>
    </message>
    <message>
        <source>A new one each time</source>
        <translation>Her seferinde yeni</translation>
    </message>
    <message>
        <source>The same seed with the same words and settings draws the same picture.</source>
        <translation>Aynı tohum, aynı sözler ve ayarlarla aynı resmi çizer.</translation>
    </message>
    <message>
        <source>Keep this seed</source>
        <translation>Bu tohumu koru</translation>
    </message>
    <message>
        <source>A seed is at most %1.</source>
        <translation>Tohum en fazla %1 olabilir.</translation>
    </message>
</context>
<context>
    <name>visgate::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Ayarlar</translation>
    </message>
    <message>
        <source>Visgate %1. Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Visgate %1. GNU Genel Kamu Lisansı sürüm 3 veya sonrası altında özgür yazılım.</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>Günlük klasörünü aç</translation>
    </message>
    <message>
        <source>%1 is waiting to be deployed.</source>
        <translation>%1 kurulmayı bekliyor.</translation>
    </message>
    <message>
        <source>Go back when it is put right here; it is checked again.</source>
        <translation>Burada düzeltince geri dönün; yeniden denetlenir.</translation>
    </message>
    <message>
        <source>Back to it</source>
        <translation>Geri dön</translation>
    </message>
</context>
<context>
    <name>visgate::ui::ShapeRow</name>
    <message>
        <source>Square</source>
        <translation>Kare</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Dikey</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Yatay</translation>
    </message>
    <message>
        <source>Tall</source>
        <translation>Uzun</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>Geniş</translation>
    </message>
    <message>
        <source>Your own size, %1 pixels</source>
        <translation>Kendi boyutunuz, %1 piksel</translation>
    </message>
    <message>
        <source>This model draws %1 pixels only.</source>
        <translation>Bu model yalnız %1 piksel çizer.</translation>
    </message>
    <message>
        <source>%1, %2 pixels</source>
        <comment>a form and a size: Square, 1024 × 1024 pixels</comment>
        <translation>%1, %2 piksel</translation>
    </message>
</context>
<context>
    <name>visgate::ui::SheetHeader</name>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Kapat (Esc)</translation>
    </message>
</context>
<context>
    <name>visgate::ui::SpendPage</name>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>estimate %1, billed %2</source>
        <translation>tahmin %1, fatura %2</translation>
    </message>
    <message>
        <source>estimate %1, not billed yet</source>
        <translation>tahmin %1, henüz faturalanmadı</translation>
    </message>
    <message>
        <source>Spend</source>
        <translation>Harcama</translation>
    </message>
    <message>
        <source>Stop everything</source>
        <translation>Her şeyi durdur</translation>
    </message>
    <message>
        <source>No endpoint of yours may have a worker any more. Nothing is deleted.</source>
        <translation>Hiçbir uç noktanızın artık işçisi olamaz. Hiçbir şey silinmez.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Süre</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Bugün</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Bu ay</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>Son 30 gün</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Tahmin</translation>
    </message>
    <message>
        <source>Billed by practice</source>
        <translation>Alıştırmanın faturası</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>henüz yok</translation>
    </message>
    <message>
        <source>Costs now</source>
        <translation>Şu anki maliyet</translation>
    </message>
    <message>
        <source>At this pace about %1 a month: %2 pictures a day, %3 each with all that goes with them.</source>
        <translation>Bu hızla ayda yaklaşık %1: günde %2 resim, her şey dahil tanesi %3.</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Modele göre</translation>
    </message>
    <message>
        <source>Everything is stopped: no worker runs any more.</source>
        <translation>Her şey durduruldu: artık hiçbir işçi çalışmıyor.</translation>
    </message>
    <message>
        <source>Resume a model on Home when you need it again.</source>
        <translation>Yeniden gerektiğinde bir modeli Ana sayfa&apos;da sürdürün.</translation>
    </message>
    <message numerus="yes">
        <source>Stopping: %n worker(s) still run.</source>
        <translation>
            <numerusform>Durduruluyor: %n işçi hâlâ çalışıyor.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not everything could be reached; there, nothing is confirmed.</source>
        <translation>Her yere ulaşılamadı; oralarda hiçbir şey doğrulanmadı.</translation>
    </message>
    <message>
        <source>The rest is stopped as soon as it can be reached.</source>
        <translation>Kalanlar, ulaşılır ulaşılmaz durdurulur.</translation>
    </message>
    <message numerus="yes">
        <source>%n endpoint(s) of another computer or of a colleague with the same key were stopped, too.</source>
        <translation>
            <numerusform>Aynı anahtarı kullanan başka bir bilgisayarın ya da çalışma arkadaşının %n uç noktası da durduruldu.</numerusform>
        </translation>
    </message>
    <message>
        <source>So far, as limits count</source>
        <translation>Şimdiye dek, sınırlara sayılan</translation>
    </message>
    <message>
        <source>Of it at least %1 by endpoints that are not Visgate&apos;s.</source>
        <translation>Bunun en az %1 kadarı Visgate&apos;in olmayan uç noktalardan.</translation>
    </message>
    <message>
        <source>Nothing is recorded there, but whether something runs is not known.</source>
        <translation>Orası için hiçbir kayıt yok, ama bir şeyin çalışıp çalışmadığı bilinmiyor.</translation>
    </message>
    <message>
        <source>Billed by %1</source>
        <translation>%1 faturası</translation>
    </message>
</context>
<context>
    <name>visgate::ui::StageCard</name>
    <message>
        <source>Paused</source>
        <translation>Duraklatıldı</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Durum</translation>
    </message>
    <message>
        <source>States over time</source>
        <translation>Zaman içinde durumlar</translation>
    </message>
    <message>
        <source>From the start to ready it took %1.</source>
        <translation>Başlatıldıktan hazır olana kadar %1 geçti.</translation>
    </message>
</context>
<context>
    <name>visgate::ui::StageList</name>
    <message>
        <source>Getting the model: %1</source>
        <translation>Model alınıyor: %1</translation>
    </message>
</context>
<context>
    <name>visgate::ui::StatusLine</name>
    <message>
        <source>The engine does not answer; what you see may be old.</source>
        <translation>Motor yanıt vermiyor; gördükleriniz eski olabilir.</translation>
    </message>
    <message numerus="yes">
        <source>%n GPU worker(s) running</source>
        <translation>
            <numerusform>%n GPU işçisi çalışıyor</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>Çalışan bir şey yok</translation>
    </message>
    <message>
        <source>Nothing of Visgate is running; another endpoint costs money</source>
        <translation>Visgate&apos;in çalıştırdığı bir şey yok; başka bir uç nokta para harcıyor</translation>
    </message>
</context>
<context>
    <name>visgate::ui::StorageCard</name>
    <message>
        <source>Stored. Test it before something big is made.</source>
        <translation>Saklandı. Büyük bir şey yapılmadan önce sınayın.</translation>
    </message>
    <message>
        <source>The bucket works: it takes, gives back and deletes.</source>
        <translation>Depo çalışıyor: alıyor, geri veriyor ve siliyor.</translation>
    </message>
    <message>
        <source>The bucket was forgotten on this computer; what lies in it stays.</source>
        <translation>Depo bu bilgisayarda unutuldu; içindekiler yerinde kalır.</translation>
    </message>
    <message>
        <source>The address must begin with https:// and name the S3 service, without the bucket.</source>
        <translation>Adres https:// ile başlamalı ve depoyu değil, S3 hizmetini göstermelidir.</translation>
    </message>
    <message>
        <source>The region must be one word, such as eu-central-1 or auto.</source>
        <translation>Bölge tek sözcük olmalıdır, örneğin eu-central-1 ya da auto.</translation>
    </message>
    <message>
        <source>The bucket&apos;s name must have 2 to 63 letters, digits, dots or hyphens.</source>
        <translation>Deponun adı 2 ile 63 arasında harf, rakam, nokta ya da kısa çizgiden oluşmalıdır.</translation>
    </message>
    <message>
        <source>The key id is missing.</source>
        <translation>Anahtar kimliği eksik.</translation>
    </message>
    <message>
        <source>Another key id needs its own secret key.</source>
        <translation>Başka bir anahtar kimliği kendi gizli anahtarını ister.</translation>
    </message>
    <message>
        <source>The secret key is missing.</source>
        <translation>Gizli anahtar eksik.</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Depolama</translation>
    </message>
    <message>
        <source>Pictures up to about 7 MB come back directly; bigger results, such as videos, need an S3 bucket of your own. GPU machines never get its key: each job brings addresses that are signed for its own results.</source>
        <translation>Yaklaşık 7 MB&apos;a kadar olan resimler doğrudan gelir; videolar gibi daha büyük sonuçlar için kendi S3 deponuz gerekir. GPU makineleri deponun anahtarını asla almaz: her iş, kendi sonuçları için imzalanmış adresler getirir.</translation>
    </message>
    <message>
        <source>Address of the S3 service</source>
        <translation>S3 hizmetinin adresi</translation>
    </message>
    <message>
        <source>For example %1</source>
        <translation>Örneğin %1</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bölge</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>Depo (bucket)</translation>
    </message>
    <message>
        <source>Name of the bucket</source>
        <translation>Deponun adı</translation>
    </message>
    <message>
        <source>Prefix of every name</source>
        <translation>Her adın ön eki</translation>
    </message>
    <message>
        <source>Key id</source>
        <translation>Anahtar kimliği</translation>
    </message>
    <message>
        <source>The public half of the key</source>
        <translation>Anahtarın açık yarısı</translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation>Gizli anahtar</translation>
    </message>
    <message>
        <source>Stored; paste another one to replace it</source>
        <translation>Saklı; değiştirmek için başkasını yapıştırın</translation>
    </message>
    <message>
        <source>Paste the secret key here</source>
        <translation>Gizli anahtarı buraya yapıştırın</translation>
    </message>
    <message>
        <source>Only for this session</source>
        <translation>Yalnızca bu oturum için</translation>
    </message>
    <message>
        <source>The key is forgotten when Visgate is closed.</source>
        <translation>Visgate kapanınca anahtar unutulur.</translation>
    </message>
    <message>
        <source>Keep the storage key only for this session</source>
        <translation>Depolama anahtarını yalnızca bu oturum için tut</translation>
    </message>
    <message>
        <source>The key will be kept in the keychain of this computer, never in a file. For this session only: it stays in memory and is gone when Visgate closes.</source>
        <translation>Anahtar bu bilgisayarın anahtarlığında tutulur, asla bir dosyada değil. Yalnızca bu oturum için: bellekte kalır ve Visgate kapanınca gider.</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Sakla</translation>
    </message>
    <message>
        <source>Store the bucket</source>
        <translation>Depoyu sakla</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Sına</translation>
    </message>
    <message>
        <source>Test the bucket</source>
        <translation>Depoyu sına</translation>
    </message>
    <message>
        <source>The test writes a small object, reads it back and deletes it.</source>
        <translation>Sınama küçük bir nesne yazar, geri okur ve siler.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Unut</translation>
    </message>
    <message>
        <source>Forget the bucket</source>
        <translation>Depoyu unut</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>Ayarlanmamış</translation>
    </message>
    <message>
        <source>Key missing</source>
        <translation>Anahtar eksik</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Ayarlı</translation>
    </message>
    <message>
        <source>The prefix may have at most 200 letters, digits, spaces, dots, hyphens and slashes, and no “..”.</source>
        <translation>Ön ek en çok 200 harf, rakam, boşluk, nokta, kısa çizgi ve eğik çizgi içerebilir; “..” olamaz.</translation>
    </message>
</context>
<context>
    <name>visgate::ui::StudioPage</name>
    <message>
        <source>Words that this model does not know: %1.</source>
        <translation>Bu modelin bilmediği sözcükler: %1.</translation>
    </message>
    <message>
        <source>They were left out of the picture.</source>
        <translation>Resme katılmadılar.</translation>
    </message>
    <message>
        <source>Drawing: step %1 of %2</source>
        <translation>Çiziliyor: adım %1 / %2</translation>
    </message>
    <message>
        <source>Drawing …</source>
        <translation>Çiziliyor …</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>Resim yok.</translation>
    </message>
    <message>
        <source>Your picture will appear here.</source>
        <translation>Resminiz burada görünecek.</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>Henüz resim yok</translation>
    </message>
    <message>
        <source>Picture: %1</source>
        <translation>Resim: %1</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Resmi kaydet</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>%1 olarak kaydedildi</translation>
    </message>
    <message>
        <source>Choose a model and deploy it; its pictures are made and kept here.</source>
        <translation>Bir model seçip çalıştırın; resimleri burada yapılır ve saklanır.</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Model seç</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Durdur</translation>
    </message>
    <message>
        <source>Stop and give the GPU back</source>
        <translation>Durdur ve GPU&apos;yu geri ver</translation>
    </message>
    <message>
        <source>On the way to the first picture</source>
        <translation>İlk resme giden yol</translation>
    </message>
    <message>
        <source>Save as …</source>
        <translation>Farklı kaydet …</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopyala</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Resmi kopyala</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Klasörü aç</translation>
    </message>
    <message>
        <source>About this picture</source>
        <translation>Bu resim hakkında</translation>
    </message>
    <message>
        <source>Hide the log</source>
        <translation>Günlüğü gizle</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Günlüğü göster</translation>
    </message>
    <message>
        <source>Stop drawing</source>
        <translation>Çizimi durdur</translation>
    </message>
    <message>
        <source>A key was in these words. It was taken out before anything was stored or sent.</source>
        <translation>Bu sözlerin içinde bir anahtar vardı. Hiçbir şey saklanmadan ve gönderilmeden çıkarıldı.</translation>
    </message>
    <message>
        <source>If others may have seen it, make a new key and delete the old one.</source>
        <translation>Başkaları görmüş olabilirse yeni bir anahtar oluşturup eskisini silin.</translation>
    </message>
    <message>
        <source>This is a video. Play it with another program.</source>
        <translation>Bu bir video. Onu başka bir programla oynatın.</translation>
    </message>
    <message>
        <source>Pictures of this kind cannot be shown here. Open it with another program.</source>
        <translation>Bu türden resimler burada gösterilemiyor. Onu başka bir programla açın.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Aç</translation>
    </message>
    <message>
        <source>Open with another program</source>
        <translation>Başka bir programla aç</translation>
    </message>
    <message>
        <source>On the way to the next picture</source>
        <translation>Sonraki resme giden yol</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Resim</translation>
    </message>
    <message>
        <source>The file of this picture was deleted: %1</source>
        <translation>Bu resmin dosyası silinmiş: %1</translation>
    </message>
</context>
<context>
    <name>visgate::ui::TimeChart</name>
    <message>
        <source>Chart: %1</source>
        <translation>Grafik: %1</translation>
    </message>
    <message>
        <source>Table: %1</source>
        <translation>Tablo: %1</translation>
    </message>
</context>
<context>
    <name>visgate::ui::VolumeKeyForm</name>
    <message>
        <source>The key is stored.</source>
        <translation>Anahtar saklandı.</translation>
    </message>
    <message>
        <source>Key of the volumes</source>
        <translation>Ağ disklerinin anahtarı</translation>
    </message>
    <message>
        <source>Runpod gives volumes a key of their own: create an S3 API key in its settings and paste both halves. No GPU machine ever sees it.</source>
        <translation>Runpod ağ disklerine ayrı bir anahtar verir: ayarlarında bir S3 API anahtarı oluşturup iki yarısını da yapıştırın. Hiçbir GPU makinesi onu görmez.</translation>
    </message>
    <message>
        <source>Key id</source>
        <translation>Anahtar kimliği</translation>
    </message>
    <message>
        <source>Id of the volumes&apos; key</source>
        <translation>Ağ diski anahtarının kimliği</translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation>Gizli anahtar</translation>
    </message>
    <message>
        <source>Secret half of the volumes&apos; key</source>
        <translation>Ağ diski anahtarının gizli yarısı</translation>
    </message>
    <message>
        <source>Only for this session</source>
        <translation>Yalnızca bu oturum için</translation>
    </message>
    <message>
        <source>The key is forgotten when Visgate is closed.</source>
        <translation>Visgate kapatılınca anahtar unutulur.</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Sakla</translation>
    </message>
    <message>
        <source>Store the volumes&apos; key</source>
        <translation>Ağ disklerinin anahtarını sakla</translation>
    </message>
</context>
<context>
    <name>visgate::ui::VolumeList</name>
    <message>
        <source>Try again</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Ağ diskleri</translation>
    </message>
    <message>
        <source>No volume; nothing is kept near, and nothing is paid for it.</source>
        <translation>Ağ diski yok; önbellekte model yok, bunun için bir şey ödenmiyor.</translation>
    </message>
    <message>
        <source>Together %1 a month.</source>
        <translation>Toplam ayda %1.</translation>
    </message>
</context>
<context>
    <name>visgate::ui::VolumeRow</name>
    <message>
        <source>Make it larger</source>
        <translation>Büyüt</translation>
    </message>
    <message>
        <source>Fill it again</source>
        <translation>Yeniden doldur</translation>
    </message>
    <message>
        <source>Unknown contents</source>
        <translation>İçeriği bilinmiyor</translation>
    </message>
    <message>
        <source>Filling</source>
        <translation>Dolduruluyor</translation>
    </message>
    <message>
        <source>Kept near</source>
        <translation>Yakında tutuluyor</translation>
    </message>
    <message>
        <source>Not filled</source>
        <translation>Doldurulamadı</translation>
    </message>
    <message>
        <source>%1 a month</source>
        <translation>ayda %1</translation>
    </message>
    <message>
        <source>%1 of %2 copied. It goes on when Visgate is opened again.</source>
        <translation>%1 / %2 kopyalandı. Visgate yeniden açıldığında sürer.</translation>
    </message>
    <message>
        <source>Looking for what is to be copied …</source>
        <translation>Nelerin kopyalanacağına bakılıyor …</translation>
    </message>
    <message>
        <source>No endpoint uses it. It is paid for all the same.</source>
        <translation>Hiçbir uç nokta kullanmıyor. Ücreti yine de ödeniyor.</translation>
    </message>
    <message numerus="yes">
        <source>Used by %n endpoint(s).</source>
        <translation>
            <numerusform>%n uç nokta kullanıyor.</numerusform>
        </translation>
    </message>
    <message>
        <source>Make the volume of %1 larger</source>
        <translation>%1 ağ diskini büyüt</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Sil</translation>
    </message>
    <message>
        <source>Delete the volume of %1</source>
        <translation>%1 ağ diskini sil</translation>
    </message>
    <message>
        <source>New size</source>
        <translation>Yeni boyut</translation>
    </message>
    <message>
        <source>%1 for %2 a month</source>
        <translation>Ayda %2 karşılığında %1</translation>
    </message>
    <message>
        <source>It can grow, never shrink.</source>
        <translation>Büyüyebilir, asla küçülmez.</translation>
    </message>
    <message>
        <source>Delete it with all that is in it? This cannot be undone; the model can be copied again.</source>
        <translation>İçindekilerle birlikte silinsin mi? Bu geri alınamaz; model yeniden kopyalanabilir.</translation>
    </message>
    <message>
        <source>An endpoint uses it. Delete it with all that is in it? This cannot be undone.</source>
        <translation>Bir uç nokta onu kullanıyor. İçindekilerle birlikte silinsin mi? Bu geri alınamaz.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Kalıcı olarak sil</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Kalsın</translation>
    </message>
    <message>
        <source>It is to be deleted; the provider has not confirmed it yet.</source>
        <translation>Silinmesi istendi; sağlayıcı henüz doğrulamadı.</translation>
    </message>
    <message>
        <source>It is to be larger; the provider has not confirmed it yet.</source>
        <translation>Büyütülmesi istendi; sağlayıcı henüz doğrulamadı.</translation>
    </message>
</context>
<context>
    <name>visgate::ui::VolumesCard</name>
    <message>
        <source>Models kept near</source>
        <translation>Önbellekteki modeller</translation>
    </message>
    <message>
        <source>Model cache</source>
        <translation>Model önbelleği</translation>
    </message>
    <message>
        <source>Open the model cache</source>
        <translation>Model önbelleğini aç</translation>
    </message>
    <message>
        <source>What volumes cost is not known yet.</source>
        <translation>Ağ disklerinin ücreti henüz bilinmiyor.</translation>
    </message>
    <message>
        <source>No volume; nothing is paid for keeping models near.</source>
        <translation>Ağ diski yok; model saklamak için bir şey ödenmiyor.</translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s), together %1 a month, used or not.</source>
        <translation>
            <numerusform>%n ağ diski, kullanılsa da kullanılmasa da toplam ayda %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them is used by no endpoint.</source>
        <translation>
            <numerusform>%n tanesini hiçbir uç nokta kullanmıyor.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>visgate::ui::WarmForm</name>
    <message>
        <source>The endpoint has taken it over.</source>
        <translation>Ayar uygulandı.</translation>
    </message>
    <message>
        <source>Choose a day at least.</source>
        <translation>En az bir gün seçin.</translation>
    </message>
    <message>
        <source>Nothing is billed while it sleeps; the next picture waits until a worker has started.</source>
        <translation>Uyurken hiçbir şey faturalanmaz; bir sonraki resim, bir işçi başlayana dek bekler.</translation>
    </message>
    <message>
        <source>About %1 hours a month at %2. Small jobs start the worker and hold it there, so Visgate has to be running.</source>
        <translation>Ayda yaklaşık %1 saat, fiyatı %2. İşçiyi küçük işler başlatır ve sıcak tutar; bunun için Visgate açık olmalıdır.</translation>
    </message>
    <message>
        <source>One worker at %1 runs day and night, also while Visgate is closed, until you end it.</source>
        <translation>Fiyatı %1 olan bir işçi, siz son verene dek gece gündüz, Visgate kapalıyken de çalışır.</translation>
    </message>
    <message>
        <source>One worker at %1 waits for the next picture until then.</source>
        <translation>Fiyatı %1 olan bir işçi o zamana dek bir sonraki resmi bekler.</translation>
    </message>
    <message>
        <source>Let it sleep</source>
        <translation>Uyusun</translation>
    </message>
    <message>
        <source>Keep warm</source>
        <translation>Sıcak tut</translation>
    </message>
    <message>
        <source>Keep warm, about %1 a month</source>
        <translation>Sıcak tut, ayda yaklaşık %1</translation>
    </message>
    <message>
        <source>Keep always warm, %1 a month</source>
        <translation>Hep sıcak tut, ayda %1</translation>
    </message>
    <message>
        <source>Keep warm, at most %1</source>
        <translation>Sıcak tut, en çok %1</translation>
    </message>
    <message>
        <source>It sleeps when nobody uses it.</source>
        <translation>Kullanılmadığında uyur.</translation>
    </message>
    <message>
        <source>When a worker waits for the next picture</source>
        <translation>Bir işçinin bir sonraki resmi ne zaman bekleyeceği</translation>
    </message>
    <message>
        <source>Not: it sleeps between pictures</source>
        <translation>Hayır: resimler arasında uyusun</translation>
    </message>
    <message>
        <source>For 30 minutes</source>
        <translation>30 dakika</translation>
    </message>
    <message>
        <source>Until a time</source>
        <translation>Belirli bir saate dek</translation>
    </message>
    <message>
        <source>At these hours on these days</source>
        <translation>Şu günlerde, şu saatlerde</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Her zaman</translation>
    </message>
    <message>
        <source>Warm until</source>
        <translation>Şu saate dek sıcak</translation>
    </message>
    <message>
        <source>Asking for the price …</source>
        <translation>Fiyat soruluyor …</translation>
    </message>
    <message>
        <source>Asked for. Waiting for the provider to confirm it …</source>
        <translation>İstendi. Sağlayıcının doğrulaması bekleniyor …</translation>
    </message>
</context>
<context>
    <name>visgate::ui::WarmHours</name>
    <message>
        <source>From</source>
        <translation>Başlangıç</translation>
    </message>
    <message>
        <source>Warm from</source>
        <translation>Sıcak tutmanın başlangıcı</translation>
    </message>
    <message>
        <source>Warm to</source>
        <translation>Sıcak tutmanın bitişi</translation>
    </message>
    <message>
        <source>By the clock of</source>
        <translation>Hangi yerin saatiyle</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Saat dilimi</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bitiş</translation>
    </message>
    <message>
        <source>To, on the next day</source>
        <translation>Bitiş, ertesi gün</translation>
    </message>
</context>
<context>
    <name>visgate::ui::WorkerCard</name>
    <message>
        <source>Stored. New deployments on Runpod use it.</source>
        <translation>Saklandı. Runpod&apos;daki yeni kurulumlar onu kullanır.</translation>
    </message>
    <message>
        <source>Worker image</source>
        <translation>Çalıştırma imajı</translation>
    </message>
    <message>
        <source>The container that draws on Runpod&apos;s machines. Practice does not need it.</source>
        <translation>Runpod&apos;un makinelerinde çizen kapsayıcı. Alıştırma için gerekmez.</translation>
    </message>
    <message>
        <source>Name of the image, best with its digest</source>
        <translation>İmajın adı, en iyisi özetiyle birlikte</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Sakla</translation>
    </message>
    <message>
        <source>Store the worker image</source>
        <translation>Çalıştırma imajını sakla</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>Ayarlanmamış</translation>
    </message>
    <message>
        <source>Starts sooner. Build it and push it with `packaging/container/publish IMAGE`, then paste its name.</source>
        <translation>Daha çabuk başlar. `packaging/container/publish IMAGE` ile oluşturup gönderin, sonra adını yapıştırın.</translation>
    </message>
    <message>
        <source>%1 holds PyTorch; each cold start installs what draws, about %2. Nothing to build or publish.</source>
        <translation>%1, PyTorch içerir; çizen yazılım her soğuk başlangıçta kurulur, yaklaşık %2. Oluşturup yayımlamanız gereken bir şey yok.</translation>
    </message>
    <message>
        <source>Without an image of your own</source>
        <translation>Kendi imajınız olmadan</translation>
    </message>
    <message>
        <source>Your own image</source>
        <translation>Kendi imajınız</translation>
    </message>
    <message>
        <source>Public image</source>
        <translation>Herkese açık imaj</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>Kendinizin</translation>
    </message>
</context>
<context>
    <name>visgate::ui::WorkersForm</name>
    <message>
        <source>The endpoint has taken it over.</source>
        <translation>Ayar uygulandı.</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>İşçiler</translation>
    </message>
    <message>
        <source>At most, at the same time</source>
        <translation>Aynı anda en çok</translation>
    </message>
    <message>
        <source>Most workers at the same time</source>
        <translation>Aynı anda en çok işçi sayısı</translation>
    </message>
    <message>
        <source>An idle one leaves after, in seconds</source>
        <translation>Boştaki işçi kaç saniye sonra ayrılır</translation>
    </message>
    <message>
        <source>Seconds until an idle worker leaves</source>
        <translation>Boştaki işçi ayrılana dek saniye</translation>
    </message>
    <message>
        <source>More workers draw more pictures side by side; each costs while it works and while it waits: up to %1 after each picture.</source>
        <translation>Daha çok işçi yan yana daha çok resim çizer; her biri çalışırken ve beklerken para harcar: her resimden sonra en çok %1.</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Uygula</translation>
    </message>
</context>
</TS>
