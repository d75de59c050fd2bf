// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace System.Data.Entity
{
    public class DbContext
    {
        public Task<object> SaveChangesAsync(object key) => throw null!;
        public object SaveChanges(object key) => throw null!;
    }

    public class DbSet<T1>;

    public static class QueryableExtensions
    {
        public static Task<object> CountAsync(this object source, object key) => throw null!;
        public static Task<object> ToListAsync(this object source, object key) => throw null!;
        public static Task<object> ToArrayAsync(this object source, object key) => throw null!;
        public static Task<object> ToDictionaryAsync(this object source, object key) => throw null!;
        public static IEnumerable<object> Include(this object source, object key) => throw null!;
        public static IEnumerable<object> AsNoTracking(this object source, object key) => throw null!;
    }
}

namespace NHibernate
{
    public interface ISession;

    public interface IStatelessSession;

    public interface ISessionFactory
    {
        object OpenSession(object key);
        object OpenStatelessSession(object key);
    }

    public interface ITransaction;
}

namespace LinqToDB
{
    public interface IDataContext;
}

namespace Marten
{
    public interface IQuerySession;

    public interface IDocumentStore
    {
        object LightweightSession(object key);
        object QuerySession(object key);
        object OpenSession(object key);
    }
}

namespace Raven.Client.Documents.Session
{
    public interface IAsyncDocumentSession;
}

namespace Raven.Client.Documents
{
    public interface IDocumentStore;
}

namespace FreeSql
{
    public interface IUnitOfWork;
}

namespace SqlSugar
{
    public interface ISqlSugarClient;
}

namespace Volo.Abp.Domain.Repositories
{
    public interface IRepository;
}

namespace Volo.Abp.Uow
{
    public interface IUnitOfWork;
}

namespace MailKit
{
    public interface IMailService;

    public interface IMailFolder;
}

namespace Renci.SshNet
{
    public class BaseClient;
}

namespace FluentFTP
{
    public class AsyncFtpClient;
}

namespace Cassandra
{
    public interface ISession;
}

namespace Elastic.Clients.Elasticsearch
{
    public class ElasticsearchClient;
}

namespace Nest
{
    public interface IElasticClient;
}

namespace Confluent.Kafka
{
    public interface IProducer<T1, T2>
    {
        Task<object> ProduceAsync(object key);
        object Produce(object key);
    }

    public interface IConsumer<T1, T2>
    {
        object Consume(object key);
    }
}

namespace AutoMapper
{
    public interface IMapper
    {
        object Map(object key);
    }
}

namespace FluentValidation
{
    public interface IValidator<T1>
    {
        object Validate(object key);
        Task<object> ValidateAsync(object key);
    }
}
