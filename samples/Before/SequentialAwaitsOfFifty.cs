namespace Samples;

/// <summary>A wall board with one line per station, grown by copy and paste.</summary>
public static class SequentialAwaitsOfFifty
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/board", BoardAsync);

    private static async Task<string[]> BoardAsync(HttpClient http, CancellationToken stop)
    {
        var oslo = await http.GetStringAsync("stations/1", stop); // EXM101
        var bergen = await http.GetStringAsync("stations/2", stop);
        var trondheim = await http.GetStringAsync("stations/3", stop);
        var stavanger = await http.GetStringAsync("stations/4", stop);
        var drammen = await http.GetStringAsync("stations/5", stop);
        var tromso = await http.GetStringAsync("stations/6", stop);
        var bodo = await http.GetStringAsync("stations/7", stop);
        var molde = await http.GetStringAsync("stations/8", stop);
        var hamar = await http.GetStringAsync("stations/9", stop);
        var gjovik = await http.GetStringAsync("stations/10", stop);
        var stockholm = await http.GetStringAsync("stations/11", stop);
        var goteborg = await http.GetStringAsync("stations/12", stop);
        var malmo = await http.GetStringAsync("stations/13", stop);
        var uppsala = await http.GetStringAsync("stations/14", stop);
        var lund = await http.GetStringAsync("stations/15", stop);
        var umea = await http.GetStringAsync("stations/16", stop);
        var lulea = await http.GetStringAsync("stations/17", stop);
        var kiruna = await http.GetStringAsync("stations/18", stop);
        var gavle = await http.GetStringAsync("stations/19", stop);
        var falun = await http.GetStringAsync("stations/20", stop);
        var copenhagen = await http.GetStringAsync("stations/21", stop);
        var aarhus = await http.GetStringAsync("stations/22", stop);
        var odense = await http.GetStringAsync("stations/23", stop);
        var aalborg = await http.GetStringAsync("stations/24", stop);
        var esbjerg = await http.GetStringAsync("stations/25", stop);
        var helsinki = await http.GetStringAsync("stations/26", stop);
        var espoo = await http.GetStringAsync("stations/27", stop);
        var tampere = await http.GetStringAsync("stations/28", stop);
        var turku = await http.GetStringAsync("stations/29", stop);
        var oulu = await http.GetStringAsync("stations/30", stop);
        var vaasa = await http.GetStringAsync("stations/31", stop);
        var kuopio = await http.GetStringAsync("stations/32", stop);
        var tallinn = await http.GetStringAsync("stations/33", stop);
        var tartu = await http.GetStringAsync("stations/34", stop);
        var riga = await http.GetStringAsync("stations/35", stop);
        var vilnius = await http.GetStringAsync("stations/36", stop);
        var kaunas = await http.GetStringAsync("stations/37", stop);
        var hamburg = await http.GetStringAsync("stations/38", stop);
        var bremen = await http.GetStringAsync("stations/39", stop);
        var kiel = await http.GetStringAsync("stations/40", stop);
        var rostock = await http.GetStringAsync("stations/41", stop);
        var berlin = await http.GetStringAsync("stations/42", stop);
        var leipzig = await http.GetStringAsync("stations/43", stop);
        var dresden = await http.GetStringAsync("stations/44", stop);
        var hannover = await http.GetStringAsync("stations/45", stop);
        var kassel = await http.GetStringAsync("stations/46", stop);
        var erfurt = await http.GetStringAsync("stations/47", stop);
        var munster = await http.GetStringAsync("stations/48", stop);
        var aachen = await http.GetStringAsync("stations/49", stop);
        var cologne = await http.GetStringAsync("stations/50", stop);

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
