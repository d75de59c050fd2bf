namespace Samples;

/// <summary>A wall board with one line per station, grown by copy and paste.</summary>
public static class SequentialAwaitsOfFifty
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/board", BoardAsync);

    private static async Task<string[]> BoardAsync(HttpClient http, CancellationToken stop)
    {
        var osloTask = http.GetStringAsync("stations/1", stop);
        var bergenTask = http.GetStringAsync("stations/2", stop);
        var trondheimTask = http.GetStringAsync("stations/3", stop);
        var stavangerTask = http.GetStringAsync("stations/4", stop);
        var drammenTask = http.GetStringAsync("stations/5", stop);
        var tromsoTask = http.GetStringAsync("stations/6", stop);
        var bodoTask = http.GetStringAsync("stations/7", stop);
        var moldeTask = http.GetStringAsync("stations/8", stop);
        var hamarTask = http.GetStringAsync("stations/9", stop);
        var gjovikTask = http.GetStringAsync("stations/10", stop);
        var stockholmTask = http.GetStringAsync("stations/11", stop);
        var goteborgTask = http.GetStringAsync("stations/12", stop);
        var malmoTask = http.GetStringAsync("stations/13", stop);
        var uppsalaTask = http.GetStringAsync("stations/14", stop);
        var lundTask = http.GetStringAsync("stations/15", stop);
        var umeaTask = http.GetStringAsync("stations/16", stop);
        var luleaTask = http.GetStringAsync("stations/17", stop);
        var kirunaTask = http.GetStringAsync("stations/18", stop);
        var gavleTask = http.GetStringAsync("stations/19", stop);
        var falunTask = http.GetStringAsync("stations/20", stop);
        var copenhagenTask = http.GetStringAsync("stations/21", stop);
        var aarhusTask = http.GetStringAsync("stations/22", stop);
        var odenseTask = http.GetStringAsync("stations/23", stop);
        var aalborgTask = http.GetStringAsync("stations/24", stop);
        var esbjergTask = http.GetStringAsync("stations/25", stop);
        var helsinkiTask = http.GetStringAsync("stations/26", stop);
        var espooTask = http.GetStringAsync("stations/27", stop);
        var tampereTask = http.GetStringAsync("stations/28", stop);
        var turkuTask = http.GetStringAsync("stations/29", stop);
        var ouluTask = http.GetStringAsync("stations/30", stop);
        var vaasaTask = http.GetStringAsync("stations/31", stop);
        var kuopioTask = http.GetStringAsync("stations/32", stop);
        var tallinnTask = http.GetStringAsync("stations/33", stop);
        var tartuTask = http.GetStringAsync("stations/34", stop);
        var rigaTask = http.GetStringAsync("stations/35", stop);
        var vilniusTask = http.GetStringAsync("stations/36", stop);
        var kaunasTask = http.GetStringAsync("stations/37", stop);
        var hamburgTask = http.GetStringAsync("stations/38", stop);
        var bremenTask = http.GetStringAsync("stations/39", stop);
        var kielTask = http.GetStringAsync("stations/40", stop);
        var rostockTask = http.GetStringAsync("stations/41", stop);
        var berlinTask = http.GetStringAsync("stations/42", stop);
        var leipzigTask = http.GetStringAsync("stations/43", stop);
        var dresdenTask = http.GetStringAsync("stations/44", stop);
        var hannoverTask = http.GetStringAsync("stations/45", stop);
        var kasselTask = http.GetStringAsync("stations/46", stop);
        var erfurtTask = http.GetStringAsync("stations/47", stop);
        var munsterTask = http.GetStringAsync("stations/48", stop);
        var aachenTask = http.GetStringAsync("stations/49", stop);
        var cologneTask = http.GetStringAsync("stations/50", stop);
        await Task.WhenAll(osloTask, bergenTask, trondheimTask, stavangerTask, drammenTask, tromsoTask, bodoTask, moldeTask, hamarTask, gjovikTask, stockholmTask, goteborgTask, malmoTask, uppsalaTask, lundTask, umeaTask, luleaTask, kirunaTask, gavleTask, falunTask, copenhagenTask, aarhusTask, odenseTask, aalborgTask, esbjergTask, helsinkiTask, espooTask, tampereTask, turkuTask, ouluTask, vaasaTask, kuopioTask, tallinnTask, tartuTask, rigaTask, vilniusTask, kaunasTask, hamburgTask, bremenTask, kielTask, rostockTask, berlinTask, leipzigTask, dresdenTask, hannoverTask, kasselTask, erfurtTask, munsterTask, aachenTask, cologneTask);
        var oslo = await osloTask; // EXM101
        var bergen = await bergenTask;
        var trondheim = await trondheimTask;
        var stavanger = await stavangerTask;
        var drammen = await drammenTask;
        var tromso = await tromsoTask;
        var bodo = await bodoTask;
        var molde = await moldeTask;
        var hamar = await hamarTask;
        var gjovik = await gjovikTask;
        var stockholm = await stockholmTask;
        var goteborg = await goteborgTask;
        var malmo = await malmoTask;
        var uppsala = await uppsalaTask;
        var lund = await lundTask;
        var umea = await umeaTask;
        var lulea = await luleaTask;
        var kiruna = await kirunaTask;
        var gavle = await gavleTask;
        var falun = await falunTask;
        var copenhagen = await copenhagenTask;
        var aarhus = await aarhusTask;
        var odense = await odenseTask;
        var aalborg = await aalborgTask;
        var esbjerg = await esbjergTask;
        var helsinki = await helsinkiTask;
        var espoo = await espooTask;
        var tampere = await tampereTask;
        var turku = await turkuTask;
        var oulu = await ouluTask;
        var vaasa = await vaasaTask;
        var kuopio = await kuopioTask;
        var tallinn = await tallinnTask;
        var tartu = await tartuTask;
        var riga = await rigaTask;
        var vilnius = await vilniusTask;
        var kaunas = await kaunasTask;
        var hamburg = await hamburgTask;
        var bremen = await bremenTask;
        var kiel = await kielTask;
        var rostock = await rostockTask;
        var berlin = await berlinTask;
        var leipzig = await leipzigTask;
        var dresden = await dresdenTask;
        var hannover = await hannoverTask;
        var kassel = await kasselTask;
        var erfurt = await erfurtTask;
        var munster = await munsterTask;
        var aachen = await aachenTask;
        var cologne = await cologneTask;

        return
        [
            oslo, bergen, trondheim, stavanger, drammen, tromso, bodo, molde, hamar, gjovik,
            stockholm, goteborg, malmo, uppsala, lund, umea, lulea, kiruna, gavle, falun,
            copenhagen, aarhus, odense, aalborg, esbjerg, helsinki, espoo, tampere, turku, oulu,
            vaasa, kuopio, tallinn, tartu, riga, vilnius, kaunas, hamburg, bremen, kiel,
            rostock, berlin, leipzig, dresden, hannover, kassel, erfurt, munster, aachen, cologne,
        ];
    }
}
