using Microsoft.EntityFrameworkCore;
using Npgsql;
using Polly;
using Polly.Retry;
using Samples.Accounts;
using Samples.Catalog;
using Samples.ConsoleTool;
using Samples.Orders;
using Samples.Transfers;

if (args is ["keys", .. var files]) return Tool.Run(files);

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddHttpClient<ArticleApi>();
builder.Services.AddHttpClient<FanOuts>();
builder.Services.AddHttpClient<SignIn>();
builder.Services.AddHttpClient<Uploads>();
builder.Services.AddHttpClient<IEventBus, EventBus>();
builder.Services.AddHttpClient<Checkout>();
builder.Services.AddMemoryCache();
builder.Services.AddSingleton<ArticleCache>();
builder.Services.AddSingleton(new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions()).Build());
builder.Services.AddSingleton(NpgsqlDataSource.Create(builder.Configuration.GetConnectionString("payments") ?? "Host=127.0.0.1"));
builder.Services.AddDbContext<ShopContext>();
builder.Services.AddScoped<ICustomerRepository, CustomerRepository>();
builder.Services.AddScoped<IOrderRepository, OrderRepository>();
builder.Services.AddScoped<CustomerOverview>();
builder.Services.AddScoped<SalesReport>();
builder.Services.AddScoped<Payments>();
builder.Services.AddScoped(typeof(IRepository<>), typeof(Repository<>));
builder.Services.AddScoped<IUnitOfWork, UnitOfWork>();
builder.Services.AddScoped<IMemberDirectory, MemberDirectory>();
builder.Services.AddScoped<IMemberHistory, MemberHistory>();
builder.Services.AddScoped<MemberPage>();
builder.Services.AddHttpClient<Session>();
builder.Services.AddHttpClient<Jobs>();
builder.Services.AddHttpClient<Supplier>();
builder.Services.AddHttpClient<Mirror>();
builder.Services.AddSingleton<ListPrice>();
builder.Services.AddSingleton<IPriceRule>(services => services.GetRequiredService<ListPrice>());
builder.Services.AddHttpClient<Quotes>();
builder.Services.AddHostedService<OutboxSender>();
builder.Services.AddHostedService<KeyRotation>();

var app = builder.Build();
Formats.Map(app);
app.MapGet("/customers/{id:int}", async (int id, CustomerOverview overview, CancellationToken stop) =>
{
    var (customer, orders, count) = await overview.LoadAsync(id, stop);
    return customer is null ? Results.NotFound() : Results.Ok(new { customer.Name, orders, count });
});
app.MapGet("/customers/{id:int}/open", async (int id, ShopContext shop, CancellationToken stop) =>
{
    var customer = await shop.Customers.SingleAsync(c => c.Id == id, stop);
    var open = await shop.Orders.CountAsync(o => o.CustomerId == id && !o.Paid, stop);
    return Results.Ok(new { customer.Name, open });
});
app.MapPost("/orders", async (Order order, Checkout checkout, CancellationToken stop) =>
    await checkout.PlaceAsync(order.CustomerId, order.Total, stop) ? Results.Ok() : Results.Conflict());
app.MapGet("/articles/{sku}", async (string sku, ArticleCache cache, CancellationToken stop) =>
    await cache.GetAsync(sku, stop) is { } article ? Results.Ok(article) : Results.NotFound());
app.MapPut("/uploads/{name}", async (string name, HttpRequest request, Uploads uploads, CancellationToken stop) =>
    await uploads.StoreAsync(request, Path.Combine(Path.GetTempPath(), Path.GetFileName(name)), stop));
await app.RunAsync();
return 0;
