// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
namespace Microsoft.Data.Sqlite
{
    public class SqliteConnection;

    public class SqliteCommand;

    public class SqliteTransaction;

    public class SqliteDataReader;

    public class SqliteBlob;
}

namespace System.Data.SQLite
{
    public class SQLiteConnection;

    public class SQLiteCommand;

    public class SQLiteTransaction;

    public class SQLiteDataReader;
}
